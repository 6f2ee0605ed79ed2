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
    private readonly FieldMesh _mesh;
    private readonly double[] _times;
    private readonly XdmfStyle _style;

    private XdmfDocument(string dataFile, FieldMesh mesh, double[] times, XdmfStyle style)
    {
        _xml = XmlWriter.Create(_text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n" });
        _data = dataFile + ":/VTKHDF/";
        _mesh = mesh;
        _times = times;
        _style = style;
    }

    /// <summary>The document for arrays density and velocity.</summary>
    /// <param name="dataFile">Name of the VTKHDF file in the same folder.</param>
    /// <param name="mesh">Its mesh.</param>
    /// <param name="times">Its times.</param>
    /// <param name="style">Which readers it is for.</param>
    internal static string Create(string dataFile, FieldMesh mesh, double[] times, XdmfStyle style)
    {
        var document = new XdmfDocument(dataFile, mesh, times, style);
        document.Write();
        return $"<?xml version=\"1.0\" ?>\n{document._text}\n";
    }

    private void Write()
    {
        _xml.WriteDocType("Xdmf", null, "Xdmf.dtd", "");
        Start("Xdmf", ("Version", "3.0"));
        Start("Domain");
        Start("Grid", ("Name", _mesh.Name), ("GridType", "Collection"), ("CollectionType", "Temporal"));
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
        Start(
            "Topology",
            ("TopologyType", _mesh.Topology),
            ("NumberOfElements", $"{_mesh.CellCount}"),
            ("NodesPerElement", $"{_mesh.CellSize}"));
        Item("Int", 8, $"{_mesh.CellCount} {_mesh.CellSize}", $"{_data}{_mesh.CellGroup}/Connectivity");
        _xml.WriteEndElement();
        Start("Geometry", ("GeometryType", "XYZ"));
        Item("Float", 4, $"{_mesh.PointCount} 3", _data + "Points");
        _xml.WriteEndElement();
        WriteArray("density", "Scalar", step);
        WriteArray("velocity", "Vector", step);
        _xml.WriteEndElement();
    }

    private void WriteArray(string name, string kind, int step)
    {
        long points = _mesh.PointCount;
        long first = step * points;
        long total = _times.Length * points;
        bool vector = kind == "Vector";
        string Shape(long rows) => vector ? $"{rows} 3" : $"{rows}";
        string path = $"{_data}PointData/{name}";

        Start("Attribute", ("Name", name), ("AttributeType", kind), ("Center", "Node"));
        if (_style == XdmfStyle.Pipe)
        {
            (string start, string stride) = vector ? ($"{first} 0", "1 1") : ($"{first}", "1");
            Item("Float", 4, Shape(points), $"{path}|{start}:{stride}:{Shape(points)}:{Shape(total)}");
        }
        else
        {
            Start("DataItem", ("ItemType", "HyperSlab"), ("Type", "HyperSlab"), ("Dimensions", Shape(points)));
            Start("DataItem", ("Format", "XML"), ("NumberType", "Int"), ("Dimensions", vector ? "3 2" : "3 1"));
            _xml.WriteString(vector ? $"{first} 0 1 1 {points} 3" : $"{first} 1 {points}");
            _xml.WriteEndElement();
            Item("Float", 4, Shape(total), path);
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

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
