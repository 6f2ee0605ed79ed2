using System.Globalization;
using System.Text;
using System.Xml;

namespace Meanfield.IO;

/// <summary>How an XDMF document cuts one time step out of a stacked array.</summary>
internal enum XdmfStyle
{
    /// <summary>"file:/path|start:stride:count:size", for the Xdmf3 readers; the XDMF 2 reader cannot read it.</summary>
    Pipe,

    /// <summary>A HyperSlab item, for the XDMF 2 reader; the Xdmf3 readers silently drop the array.</summary>
    HyperSlab,
}

/// <summary>An XDMF document that describes the data inside a VTKHDF file.</summary>
internal sealed class XdmfDocument
{
    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;
    private readonly string _data;
    private readonly PolyDataOutline _outline;
    private readonly double[] _times;
    private readonly XdmfStyle _style;

    private XdmfDocument(string dataFile, PolyDataOutline outline, double[] times, XdmfStyle style)
    {
        _xml = XmlWriter.Create(_text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n" });
        _data = dataFile + ":/VTKHDF/";
        _outline = outline;
        _times = times;
        _style = style;
    }

    /// <summary>The document for the positions and the arrays of the outline.</summary>
    /// <param name="dataFile">Name of the VTKHDF file in the same folder.</param>
    /// <param name="outline">What it holds.</param>
    /// <param name="times">Its times.</param>
    /// <param name="style">Which readers it is for.</param>
    internal static string Create(string dataFile, PolyDataOutline outline, double[] times, XdmfStyle style)
    {
        var document = new XdmfDocument(dataFile, outline, times, style);
        document.Write();
        return $"<?xml version=\"1.0\" ?>\n{document._text}\n";
    }

    private void Write()
    {
        _xml.WriteDocType("Xdmf", null, "Xdmf.dtd", "");
        Start("Xdmf", ("Version", "3.0"));
        Start("Domain");
        Start("Grid", ("Name", _outline.Cells.GridName), ("GridType", "Collection"), ("CollectionType", "Temporal"));
        for (int step = 0; step < _times.Length; step++)
            WriteStep(step);
        _xml.WriteEndDocument();
        _xml.Close();
    }

    private void WriteStep(int step)
    {
        Start("Grid", ("Name", $"t{step:D6}"), ("GridType", "Uniform"));
        Start("Time", ("Value", _times[step].ToString("R", CultureInfo.InvariantCulture)));
        _xml.WriteEndElement();
        PolyDataCells cells = _outline.Cells;
        Start(
            "Topology",
            ("TopologyType", cells.Topology),
            ("NumberOfElements", $"{cells.Count}"),
            ("NodesPerElement", $"{cells.Size}"));
        Item("Int", 8, $"{cells.Count} {cells.Size}", $"{_data}{cells.Group}/Connectivity");
        _xml.WriteEndElement();
        Start("Geometry", ("GeometryType", "XYZ"));
        WriteRows(_outline.Points, _data, step);
        _xml.WriteEndElement();
        foreach (PointArray array in _outline.Arrays)
        {
            string kind = array.Components == 1 ? "Scalar" : "Vector";
            Start("Attribute", ("Name", array.Name), ("AttributeType", kind), ("Center", "Node"));
            WriteRows(array, _data + "PointData/", step);
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    private void WriteRows(PointArray array, string folder, int step)
    {
        long points = _outline.PointCount;
        long first = step * points;
        bool vector = array.Components > 1;
        string path = folder + array.Name;
        string rows = Dimensions(array, points);
        string all = Dimensions(array, _times.Length * points);
        if (!array.Stacked)
        {
            Item(array.NumberType, 4, rows, path);
        }
        else if (_style == XdmfStyle.Pipe)
        {
            (string start, string stride) = vector ? ($"{first} 0", "1 1") : ($"{first}", "1");
            Item(array.NumberType, 4, rows, $"{path}|{start}:{stride}:{rows}:{all}");
        }
        else
        {
            Start("DataItem", ("ItemType", "HyperSlab"), ("Type", "HyperSlab"), ("Dimensions", rows));
            Start("DataItem", ("Format", "XML"), ("NumberType", "Int"), ("Dimensions", vector ? "3 2" : "3 1"));
            _xml.WriteString(vector ? $"{first} 0 1 1 {points} 3" : $"{first} 1 {points}");
            _xml.WriteEndElement();
            Item(array.NumberType, 4, all, path);
            _xml.WriteEndElement();
        }
    }

    private static string Dimensions(PointArray array, long rows) => string.Join(' ', array.Shape(rows));

    private void Item(string type, int precision, string dimensions, string source)
    {
        Start("DataItem", ("Format", "HDF"), ("NumberType", type), ("Precision", $"{precision}"), ("Dimensions", dimensions));
        _xml.WriteString(source);
        _xml.WriteEndElement();
    }

    private void Start(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _xml.WriteStartElement(element);
        foreach ((string name, string value) in attributes)
            _xml.WriteAttributeString(name, value);
    }
}
