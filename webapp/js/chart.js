/* What the charts have in common: their size, and the colours of the page, whatever they come to be. */
"use strict";

Hubwire.chart = (() => {
  const TALL_FROM_PX = 640;

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const clock = seconds => new Date(seconds * 1000).toLocaleTimeString([], { hour12: false });

  function size(container) {
    return { width: container.clientWidth, height: container.clientWidth < TALL_FROM_PX ? 220 : 320 };
  }

  function axis(more) {
    return Object.assign({
      stroke: () => colour("--ink-soft"),
      grid: { stroke: () => colour("--line"), width: 1 },
      ticks: { stroke: () => colour("--line"), width: 1 },
      font: "12px " + getComputedStyle(document.body).fontFamily
    }, more);
  }

  const timeAxis = () => axis({ space: 70, values: (u, seconds) => seconds.map(clock) });

  /** Draws into the container, in its width from now on. */
  function draw(container, options, data) {
    const still = { cursor: { show: false }, legend: { show: false } };
    const plot = new uPlot(Object.assign(still, options, size(container)), data, container);
    new ResizeObserver(() => plot.setSize(size(container))).observe(container);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => plot.redraw());
    return plot;
  }

  return { colour, axis, timeAxis, draw };
})();
