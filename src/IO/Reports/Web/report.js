// Charts from the tables under them, and tables that sort. Without this script both are plain tables.
(() => {
  "use strict";
  const root = document.documentElement;
  const colour = name => getComputedStyle(root).getPropertyValue(name).trim();
  const show = value => value == null ? "" : value === 0 ? "0"
    : Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4 ? value.toExponential(5).replace(/\.?0+e/, "e").replace("e+", "e") : String(+value.toPrecision(6));

  // An empty cell is no point (undefined: lines pass by), a value that cannot be drawn is a gap (null).
  const parse = (text, log) => {
    if (text === "") return undefined;
    const value = Number(text);
    return Number.isFinite(value) && !(log && value <= 0) ? value : null;
  };

  const read = figure => {
    const log = { x: "logX" in figure.dataset, y: "logY" in figure.dataset };
    const heads = [...figure.querySelectorAll("details thead th")];
    const columns = heads.map(() => []);
    for (const row of figure.querySelectorAll("details tbody tr")) {
      const x = parse(row.cells[0].textContent.trim(), log.x);
      if (x == null) continue;
      columns[0].push(x);
      for (let c = 1; c < columns.length; c++) columns[c].push(parse(row.cells[c].textContent.trim(), log.y));
    }
    const series = [];
    heads.forEach((head, c) => {
      const style = head.dataset.style;
      if (style === "lower" || style === "upper") series.at(-1)[style] = columns[c];
      else if (c > 0) series.push({ label: head.textContent, style, values: columns[c] });
    });
    return { log, x: columns[0], series };
  };

  const range = (low, high, log) => {
    if (low == null || !(low <= high)) return log ? [0.1, 1] : [0, 1];
    return log ? uPlot.rangeLog(low, high, 10, false) : uPlot.rangeNum(low, high, 0.1, false);
  };

  // Bars at points, a band along lines.
  const drawBounds = (plot, chart) => {
    const { ctx, bbox } = plot;
    const pixel = window.devicePixelRatio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    chart.series.forEach((series, i) => {
      if (!series.lower || !plot.series[i + 1].show) return;
      const known = chart.x.map((_, k) => k).filter(k => series.lower[k] != null && series.upper[k] != null);
      const at = (k, bound) => [plot.valToPos(chart.x[k], "x", true), plot.valToPos(series[bound][k], "y", true)];
      ctx.strokeStyle = ctx.fillStyle = colour("--s" + i % 8);
      ctx.lineWidth = 1.5 * pixel;
      ctx.beginPath();
      if (series.style === "points") {
        for (const k of known) {
          const [[x, low], [, high]] = [at(k, "lower"), at(k, "upper")];
          for (const y of [low, high]) { ctx.moveTo(x - 4 * pixel, y); ctx.lineTo(x + 4 * pixel, y); }
          ctx.moveTo(x, low);
          ctx.lineTo(x, high);
        }
        ctx.stroke();
      } else {
        for (const k of known) ctx.lineTo(...at(k, "lower"));
        for (const k of known.reverse()) ctx.lineTo(...at(k, "upper"));
        ctx.globalAlpha = 0.2;
        ctx.fill();
        ctx.globalAlpha = 1;
      }
    });
    ctx.restore();
  };

  const draw = figure => {
    const chart = read(figure);
    const place = figure.querySelector(".plot");
    // Over many decades only powers of ten have lines.
    const filter = (plot, splits, index) => {
      const { distr, min, max } = plot.scales[index === 0 ? "x" : "y"];
      if (distr !== 3 || max / min < 1e4) return splits;
      return splits.map(value => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9 ? value : null);
    };
    const lines = { stroke: () => colour("--line"), width: 1, filter };
    const axis = (label, log) => ({
      label, stroke: () => colour("--ink"), grid: lines, ticks: lines,
      values: (_, splits) => splits.map(value => log && value != null && !(value > 1e-4 && value < 1e4) ? value.toExponential().replace("e+", "e") : show(value)),
    });
    // Bounds belong to what is seen.
    const rangeY = (plot, low, high) => {
      chart.series.forEach((series, i) => {
        if (!series.lower || !plot.series[i + 1].show) return;
        for (const value of [...series.lower, ...series.upper]) {
          if (value == null) continue;
          low = low == null ? value : Math.min(low, value);
          high = high == null ? value : Math.max(high, value);
        }
      });
      return range(low, high, chart.log.y);
    };
    const rangeX = (_, low, high) => low == null || low === high ? range(low, high, chart.log.x) : chart.log.x ? [low / 1.1, high * 1.1] : [low, high];
    const plot = new uPlot({
      width: place.clientWidth, height: 320,
      scales: { x: { time: false, distr: chart.log.x ? 3 : 1, range: rangeX }, y: { distr: chart.log.y ? 3 : 1, range: rangeY } },
      axes: [axis(figure.dataset.x, chart.log.x), { ...axis(figure.dataset.y, chart.log.y), size: 68 }],
      series: [
        { label: figure.dataset.x, value: (_, value) => show(value) },
        ...chart.series.map((series, i) => ({
          label: series.label, stroke: () => colour("--s" + i % 8), width: 1.75, dash: series.style === "dashed" ? [7, 5] : undefined,
          value: (_, value) => show(value),
          ...(series.style === "points" ? { paths: () => null, points: { show: true, size: 7 } } : { points: { show: chart.x.length < 2 } }),
        })),
      ],
      cursor: { drag: { x: true, y: false } },
      hooks: { draw: [self => drawBounds(self, chart)] },
    }, [chart.x, ...chart.series.map(series => series.values)], place);
    new ResizeObserver(() => { if (place.clientWidth > 0 && place.clientWidth !== plot.width) plot.setSize({ width: place.clientWidth, height: 320 }); }).observe(place);
    return plot;
  };

  const plots = [...document.querySelectorAll("figure.chart")].map(draw);
  const redraw = () => plots.forEach(plot => plot.redraw(false));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  addEventListener("beforeprint", () => { root.classList.add("print"); redraw(); });
  addEventListener("afterprint", () => { root.classList.remove("print"); redraw(); });

  const key = (row, column) => {
    const cell = row.cells[column];
    return "value" in cell.dataset ? Number(cell.dataset.value) : cell.textContent;
  };
  // Numbers by size, then text by the alphabet, then what is missing; upside down, what is missing stays last.
  const compare = (a, b, sign) => {
    const missing = value => value === "" || Number.isNaN(value);
    if (missing(a) || missing(b)) return missing(a) - missing(b);
    if (typeof a !== typeof b) return sign * (typeof a === "number" ? -1 : 1);
    return sign * (typeof a === "number" ? Math.sign(a - b) || 0 : a.localeCompare(b, "en", { numeric: true }));
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
        const rows = [...table.tBodies[0].rows].map(row => [key(row, column), row]);
        rows.sort((a, b) => compare(a[0], b[0], sign));
        table.tBodies[0].append(...rows.map(row => row[1]));
      });
    });
  }
})();
