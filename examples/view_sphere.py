"""ParaView view of a run on the sphere: density with one colour range for all times, log scale if asked.

In the program:   paraview --script=examples/view_sphere.py           (set RUN below or in the environment)
As pictures:      RUN=runs/metastable-sphere xvfb-run -a pvbatch --no-mpi examples/view_sphere.py OUT_PREFIX [TIME ...]
"""
import os
import sys

from paraview.simple import (AnnotateTime, ColorBy, GetActiveViewOrCreate, GetAnimationScene, GetColorTransferFunction,
                             GetScalarBar, OpenDataFile, Render, SaveScreenshot, Show)

RUN = os.environ.get("RUN", "runs/metastable-sphere")


def open_fields(folder):
    for name in ("fields.vtkhdf", "fields.xdmf"):        # ParaView 5.12 and later read the first, earlier ones the second
        try:
            reader = OpenDataFile(os.path.join(folder, name))
        except RuntimeError:
            reader = None
        if reader:
            return reader
    sys.exit(f"no field file in {folder}")


fields = open_fields(RUN)
fields.UpdatePipelineInformation()
times = list(fields.TimestepValues)
batch = len(sys.argv) > 1
highest = 0.0
for time in times:
    fields.UpdatePipeline(time)
    highest = max(highest, fields.PointData.GetArray("density").GetRange(0)[1])

view = GetActiveViewOrCreate("RenderView")
if batch:
    view.ViewSize = [900, 800]
view.UseColorPaletteForBackground = 0
view.Background = [1, 1, 1]
view.OrientationAxesVisibility = 0
surface = Show(fields, view)
surface.SetRepresentationType("Surface")
ColorBy(surface, ("POINTS", "density"))
if hasattr(surface, "DisableLighting"):                   # the colour is the data: no shading
    surface.DisableLighting = 1
else:
    surface.Ambient, surface.Diffuse = 1.0, 0.0
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
