"""ParaView view of a run on the sphere: density on a log scale with one colour range for all times, tokens coloured by
cluster; whichever of the two the run has.

In the program:   paraview --script=examples/view_sphere.py           (set RUN below or in the environment)
As pictures:      RUN=runs/metastable-sphere xvfb-run -a pvbatch --no-mpi examples/view_sphere.py OUT_PREFIX [TIME ...]
"""
import os
import sys

from paraview.simple import (AnnotateTime, ColorBy, GetActiveViewOrCreate, GetAnimationScene, GetColorTransferFunction,
                             GetScalarBar, OpenDataFile, Render, SaveScreenshot, Show, Sphere)

RUN = os.environ.get("RUN", "runs/metastable-sphere")
CLUSTER_COLOURS = [(0.90, 0.62, 0.00), (0.34, 0.71, 0.91), (0.00, 0.62, 0.45), (0.94, 0.89, 0.26),
                   (0.00, 0.45, 0.70), (0.84, 0.37, 0.00), (0.80, 0.47, 0.65), (0.10, 0.10, 0.10)]
NO_CLUSTER = (0.60, 0.60, 0.60)


def open_data(kind):
    for extension in ("vtkhdf", "xdmf"):                  # ParaView 5.12 and later read the first, earlier ones the second
        path = os.path.join(RUN, f"{kind}.{extension}")
        try:
            reader = OpenDataFile(path) if os.path.exists(path) else None
        except RuntimeError:
            reader = None
        if reader:
            reader.UpdatePipelineInformation()
            return reader
    return None


def times_of(reader):
    times = reader.TimestepValues
    return [times] if isinstance(times, float) else list(times)


def ranges(reader, array):
    for time in times_of(reader):
        reader.UpdatePipeline(time)
        yield reader.PointData.GetArray(array).GetRange(0)


def unlit(display):                                       # the colour is the data: no shading
    if hasattr(display, "DisableLighting"):
        display.DisableLighting = 1
    else:
        display.Ambient, display.Diffuse = 1.0, 0.0


def show_density(reader, view):
    highest = max(high for _, high in ranges(reader, "density"))
    surface = Show(reader, view)
    surface.SetRepresentationType("Surface")
    ColorBy(surface, ("POINTS", "density"))
    unlit(surface)
    colours = GetColorTransferFunction("density")
    colours.AutomaticRescaleRangeMode = "Never"
    for preset in ("Viridis", "Viridis (matplotlib)"):
        colours.ApplyPreset(preset, True)
    colours.RescaleTransferFunction(highest * 1e-4, highest)
    colours.MapControlPointsToLogSpace()
    colours.UseLogScale = 1
    bar = GetScalarBar(colours, view)
    bar.Title, bar.ComponentTitle = "density (uniform = 1)", ""
    bar.TitleColor = bar.LabelColor = [0, 0, 0]
    surface.SetScalarBarVisibility(view, True)
    return surface


def show_ground(view):
    ground = Show(Sphere(Radius=1, ThetaResolution=96, PhiResolution=48), view)
    ground.AmbientColor = ground.DiffuseColor = [0.93, 0.93, 0.93]
    unlit(ground)
    return ground


def show_tokens(reader, view):
    low, high = zip(*ranges(reader, "cluster_id"))
    clusters = range(int(min(low)), int(max(high)) + 1)
    points = Show(reader, view)
    points.SetRepresentationType("Point Gaussian")
    points.GaussianRadius = 0.015
    points.ShaderPreset = "Plain circle"                  # shaded ones darken where tokens crowd
    ColorBy(points, ("POINTS", "cluster_id"))
    colours = GetColorTransferFunction("cluster_id")
    colours.InterpretValuesAsCategories = 1
    colours.Annotations = [text for c in clusters for text in (str(c), f"cluster {c}" if c >= 0 else "no cluster")]
    colours.IndexedColors = [x for c in clusters for x in (CLUSTER_COLOURS[c % len(CLUSTER_COLOURS)] if c >= 0 else NO_CLUSTER)]
    points.SetScalarBarVisibility(view, False)


fields, tokens = open_data("fields"), open_data("tokens")
if not (fields or tokens):
    sys.exit(f"neither fields nor tokens in {RUN}")
times = times_of(fields or tokens)
batch = len(sys.argv) > 1

view = GetActiveViewOrCreate("RenderView")
if batch:
    view.ViewSize = [900, 800]
view.UseColorPaletteForBackground = 0
view.Background = [1, 1, 1]
view.OrientationAxesVisibility = 0
sphere = show_density(fields, view) if fields else show_ground(view)
if tokens:
    sphere.Scale = [0.985] * 3                            # tokens lie above the flat facets
    show_tokens(tokens, view)
clock = AnnotateTime()
clock.Format = "t = {time:.2f}"
Show(clock, view).Color = [0, 0, 0]
view.CameraPosition, view.CameraFocalPoint, view.CameraViewUp, view.CameraViewAngle = [3.4, 1.0, 2.6], [0, 0, 0], [0, 0, 1], 22
Render(view)
if batch:
    GetAnimationScene().UpdateAnimationUsingDataTimeSteps()
    for wanted in [float(t) for t in sys.argv[2:]] or times:
        time = min(times, key=lambda t: abs(t - wanted))
        GetAnimationScene().AnimationTime = view.ViewTime = time
        Render(view)
        SaveScreenshot(f"{sys.argv[1]}_{time:g}.png", view)
