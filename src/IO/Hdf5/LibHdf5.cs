using System.Runtime.InteropServices;

namespace Meanfield.IO;

/// <summary>The functions of libhdf5 and libhdf5_hl that Meanfield calls, as they are declared in C.</summary>
/// <remarks>
/// hid_t is 64-bit, herr_t and htri_t are int, hsize_t is ulong. Call them only between <see cref="Hdf5Library.Enter"/>
/// and the end of its scope.
/// </remarks>
internal static unsafe partial class LibHdf5
{
    internal const string Core = "hdf5";
    internal const string HighLevel = "hdf5_hl";

    [LibraryImport(Core)]
    internal static partial int H5open();

    [LibraryImport(Core)]
    internal static partial int H5get_libversion(uint* major, uint* minor, uint* release);

    [LibraryImport(Core)]
    internal static partial int H5free_memory(void* memory);

    [LibraryImport(Core)]
    internal static partial int H5Idec_ref(long id);

    // Errors

    [LibraryImport(Core)]
    internal static partial int H5Eset_auto2(long stack, nint function, nint data);

    [LibraryImport(Core)]
    internal static partial int H5Eclear2(long stack);

    [LibraryImport(Core)]
    internal static partial int H5Ewalk2(
        long stack, int direction, delegate* unmanaged[Cdecl]<uint, ErrorRecord*, void*, int> visit, void* data);

    // Property lists

    [LibraryImport(Core)]
    internal static partial long H5Pcreate(long propertyClass);

    [LibraryImport(Core)]
    internal static partial int H5Pset_fapl_core(long list, nuint increment, [MarshalAs(UnmanagedType.U1)] bool backingStore);

    [LibraryImport(Core)]
    internal static partial int H5Pset_file_locking(
        long list, [MarshalAs(UnmanagedType.U1)] bool use, [MarshalAs(UnmanagedType.U1)] bool ignoreWhenDisabled);

    [LibraryImport(Core)]
    internal static partial int H5Pset_obj_track_times(long list, [MarshalAs(UnmanagedType.U1)] bool track);

    [LibraryImport(Core)]
    internal static partial int H5Pset_chunk(long list, int rank, ulong* dimensions);

    [LibraryImport(Core)]
    internal static partial int H5Pset_chunk_cache(long list, nuint slots, nuint bytes, double preemption);

    [LibraryImport(Core)]
    internal static partial int H5Pget_layout(long list);

    [LibraryImport(Core)]
    internal static partial int H5Pget_external_count(long list);

    [LibraryImport(Core)]
    internal static partial int H5Pset_shuffle(long list);

    [LibraryImport(Core)]
    internal static partial int H5Pset_deflate(long list, uint level);

    // Files

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long H5Fcreate(string name, uint flags, long creation, long access);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long H5Fopen(string name, uint flags, long access);

    [LibraryImport(Core)]
    internal static partial int H5Fflush(long file, int scope);

    [LibraryImport(Core)]
    internal static partial nint H5Fget_file_image(long file, void* buffer, nuint length);

    [LibraryImport(Core)]
    internal static partial int H5Fget_vfd_handle(long file, long access, void** handle);

    // Groups and links

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long H5Gcreate2(long location, string name, long links, long creation, long access);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long H5Gopen2(long location, string name, long access);

    [LibraryImport(Core)]
    internal static partial int H5Gget_info(long group, GroupInfo* info);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int H5Lexists(long location, string name, long access);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint H5Lget_name_by_idx(
        long location, string group, int index, int order, ulong position, byte* name, nuint size, long access);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int H5Lget_val(long location, string name, void* value, nuint size, long access);

    // Datasets and data spaces

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long H5Dcreate2(
        long location, string name, long type, long space, long links, long creation, long access);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long H5Dopen2(long location, string name, long access);

    [LibraryImport(Core)]
    internal static partial int H5Dwrite(
        long dataset, long memoryType, long memorySpace, long fileSpace, long transfer, void* buffer);

    [LibraryImport(Core)]
    internal static partial int H5Dwrite_chunk(
        long dataset, long transfer, uint skippedFilters, ulong* offset, nuint size, void* buffer);

    [LibraryImport(Core)]
    internal static partial int H5Dread(
        long dataset, long memoryType, long memorySpace, long fileSpace, long transfer, void* buffer);

    [LibraryImport(Core)]
    internal static partial long H5Dget_space(long dataset);

    [LibraryImport(Core)]
    internal static partial long H5Dget_create_plist(long dataset);

    [LibraryImport(Core)]
    internal static partial long H5Dget_type(long dataset);

    [LibraryImport(Core)]
    internal static partial ulong H5Dget_storage_size(long dataset);

    [LibraryImport(Core)]
    internal static partial long H5Screate(int kind);

    [LibraryImport(Core)]
    internal static partial long H5Screate_simple(int rank, ulong* dimensions, ulong* maximum);

    [LibraryImport(Core)]
    internal static partial int H5Sget_simple_extent_ndims(long space);

    [LibraryImport(Core)]
    internal static partial long H5Sget_simple_extent_npoints(long space);

    [LibraryImport(Core)]
    internal static partial int H5Sget_simple_extent_dims(long space, ulong* dimensions, ulong* maximum);

    [LibraryImport(Core)]
    internal static partial int H5Sselect_hyperslab(
        long space, int operation, ulong* start, ulong* stride, ulong* count, ulong* block);

    // Types

    [LibraryImport(Core)]
    internal static partial long H5Tcopy(long type);

    [LibraryImport(Core)]
    internal static partial int H5Tset_size(long type, nuint size);

    [LibraryImport(Core)]
    internal static partial int H5Tset_strpad(long type, int padding);

    [LibraryImport(Core)]
    internal static partial int H5Tset_cset(long type, int characterSet);

    [LibraryImport(Core)]
    internal static partial int H5Tget_class(long type);

    [LibraryImport(Core)]
    internal static partial nuint H5Tget_size(long type);

    [LibraryImport(Core)]
    internal static partial int H5Tget_cset(long type);

    [LibraryImport(Core)]
    internal static partial int H5Tis_variable_str(long type);

    // Attributes

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long H5Acreate2(long location, string name, long type, long space, long creation, long access);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int H5Aexists(long location, string name);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long H5Aopen(long location, string name, long access);

    [LibraryImport(Core)]
    internal static partial int H5Awrite(long attribute, long memoryType, void* buffer);

    [LibraryImport(Core)]
    internal static partial int H5Aread(long attribute, long memoryType, void* buffer);

    [LibraryImport(Core)]
    internal static partial long H5Aget_space(long attribute);

    [LibraryImport(Core)]
    internal static partial long H5Aget_type(long attribute);

    // Dimension scales

    [LibraryImport(HighLevel, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int H5DSset_scale(long dataset, string name);

    [LibraryImport(HighLevel)]
    internal static partial int H5DSattach_scale(long dataset, long scale, uint axis);

    [LibraryImport(HighLevel)]
    internal static partial int H5DSis_attached(long dataset, long scale, uint axis);

    /// <summary>H5G_info_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct GroupInfo
    {
        internal int Storage;
        internal ulong Links;
        internal long MaximumOrder;
        internal byte Mounted;
    }

    /// <summary>H5E_error2_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ErrorRecord
    {
        internal long Class;
        internal long Major;
        internal long Minor;
        internal uint Line;
        internal byte* Function;
        internal byte* File;
        internal byte* Description;
    }
}
