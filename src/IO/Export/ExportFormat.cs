namespace Meanfield.IO;

/// <summary>What a run can be exported as.</summary>
public enum ExportFormat
{
    /// <summary>Fields and tokens for ParaView 5.12 and later; sidecars for earlier versions beside them.</summary>
    Vtkhdf,

    /// <summary>The same files, named by the sidecar that ParaView up to 5.11 opens.</summary>
    Xdmf,

    /// <summary>One CF-1.11 netCDF-4 file: fields on a grid, coefficients, diagnostics, tokens.</summary>
    Netcdf,

    /// <summary>Diagnostics as a table with a row per output time; coefficients and tokens as tables with a row per number.</summary>
    Csv,

    /// <summary>result.h5.</summary>
    Hdf5,
}
