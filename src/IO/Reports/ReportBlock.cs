namespace Meanfield.IO;

/// <summary>One piece of a section: <see cref="ReportText"/>, <see cref="ReportFigures"/>, <see cref="ReportTable"/>, <see cref="ReportListing"/>, <see cref="ReportChart"/> or <see cref="ReportHeatMap"/>.</summary>
public abstract record ReportBlock
{
    internal abstract void Write(HtmlWriter html);
}
