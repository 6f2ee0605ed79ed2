using System.Security.Cryptography;

namespace Meanfield.IO;

/// <summary>
/// An HDF5 file: written as an image in memory and published in one piece, so the library never owns the disk; read in place.
/// </summary>
internal sealed unsafe class Hdf5File : Hdf5Group
{
    /// <summary>The first bytes of an HDF5 file without a block of its user's before them.</summary>
    internal static ReadOnlySpan<byte> Magic => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    private const uint Truncate = 2;
    private const uint ReadOnly = 0;
    private const int GlobalScope = 1;
    private const nuint Increment = 4 << 20;
    private const int Piece = 8 << 20;

    private static long _images;

    private Hdf5File(Hdf5Id id, string location)
        : base(id, location)
    {
    }

    /// <summary>Starts an empty file in memory.</summary>
    /// <param name="name">What it will be called, for messages.</param>
    internal static Hdf5File CreateInMemory(string name)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        using Hdf5Id creation = Timeless("H5P_CLS_FILE_CREATE_ID_g", name);
        using Hdf5Id access = FileAccess(name);
        Hdf5Library.Written(LibHdf5.H5Pset_fapl_core(access.Value, Increment, false), name);
        string unique = $"{name}#{Interlocked.Increment(ref _images)}";     // the library tells open images apart by name
        long id = LibHdf5.H5Fcreate(unique, Truncate, creation.Value, access.Value);
        return new Hdf5File(new Hdf5Id(Hdf5Library.Written(id, name)), name + ":/");
    }

    /// <summary>Opens a file for reading.</summary>
    /// <remarks>libhdf5 may end the process on a damaged file; files of others go through <see cref="ForeignHdf5"/>.</remarks>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="IOException">It is no regular file.</exception>
    /// <exception cref="InvalidDataException">It is not an HDF5 file or is damaged.</exception>
    internal static Hdf5File OpenRead(string path)
    {
        InputFile.Require(path);
        using Lock.Scope scope = Hdf5Library.Enter();
        using Hdf5Id access = FileAccess(path);
        if (Hdf5Library.Has(nameof(LibHdf5.H5Pset_file_locking)))
            LibHdf5.H5Pset_file_locking(access.Value, false, true);     // our files are replaced whole, never changed in place
        long id = LibHdf5.H5Fopen(path, ReadOnly, access.Value);
        return new Hdf5File(new Hdf5Id(Hdf5Library.Readable(id, $"{path} as an HDF5 file")), path + ":/");
    }

    /// <summary>Opens a file that was published sealed, after its bytes were found to be those written: libhdf5 never sees a damaged one.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="InvalidDataException">Its seal is missing or another's.</exception>
    internal static Hdf5File OpenSealed(string path)
    {
        Seal.Require(path);
        return OpenRead(path);
    }

    /// <summary>Writes the image to a file: complete, on the disk and under its name, or not at all.</summary>
    /// <param name="path">Where.</param>
    /// <param name="seal">Whether its SHA-256 follows it (<see cref="Seal"/>); HDF5 readers pass over it.</param>
    /// <exception cref="IOException">The file could not be written; the target is as it was.</exception>
    internal void Publish(string path, bool seal = false)
    {
        nuint length;
        byte** image;   // where the library holds it: a copy would double the memory of a large file
        using (Lock.Scope scope = Hdf5Library.Enter())
        {
            Hdf5Library.Written(LibHdf5.H5Fflush(Id.Value, GlobalScope), path);
            length = (nuint)Hdf5Library.Written(LibHdf5.H5Fget_file_image(Id.Value, null, 0), path);
            void* handle;
            Hdf5Library.Written(LibHdf5.H5Fget_vfd_handle(Id.Value, 0, &handle), path);
            image = (byte**)handle;
        }

        ClearConsistencyFlags(*image);

        AtomicFile.Write(path, stream =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (nuint done = 0; done < length; done += Piece)
            {
                var piece = new ReadOnlySpan<byte>(*image + done, (int)Math.Min(Piece, length - done));
                stream.Write(piece);
                if (seal)
                    hash.AppendData(piece);
            }

            if (seal)
                stream.Write(hash.GetHashAndReset());
        }, (long)length + (seal ? SHA256.HashSizeInBytes : 0));
    }

    // The superblock says that someone is writing; H5Fget_file_image clears the same bytes in its copy.
    private static void ClearConsistencyFlags(byte* superblock)
    {
        bool old = superblock[8] < 2;
        new Span<byte>(superblock + (old ? 20 : 11), old ? 4 : 1).Clear();
    }

    private static Hdf5Id FileAccess(string what) =>
        new(Hdf5Library.Written(LibHdf5.H5Pcreate(Hdf5Library.Constant("H5P_CLS_FILE_ACCESS_ID_g")), what));
}
