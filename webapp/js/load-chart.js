/* The load over time: keeps the readings, draws the last ones. */
"use strict";

Hubwire.loadChart = (() => {
  const KEPT = 3600; // readings, an hour of them
  const BREAK_SECONDS = 3; // nothing for longer than this is a gap in the line
  const TALL_FROM_PX = 640;

  const times = [];
  const loads = [];
  let span = 60;
  let plot;

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

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

  /** Draws into the container, in its width and in the colours of the page, whatever they come to be. */
  function draw(container) {
    plot = new uPlot(Object.assign({
      cursor: { show: false },
      legend: { show: false },
      scales: { x: { time: true, range: window_ }, y: { range: [0, 100] } },
      axes: [
        axis({ space: 70, values: (u, seconds) => seconds.map(clock) }),
        axis({ size: 54, values: (u, percents) => percents.map(percent => percent + " %") })
      ],
      series: [{}, {
        label: "CPU load",
        width: 2,
        stroke: () => colour("--accent"),
        fill: () => colour("--accent-tint"),
        points: { show: false }
      }]
    }, size(container)), [times, loads], container);
    new ResizeObserver(() => plot.setSize(size(container))).observe(container);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => plot.redraw());
  }

  function window_() {
    const end = times.length ? times[times.length - 1] : Date.now() / 1000;
    const begin = span === KEPT && times.length ? Math.min(times[0], end - 60) : end - span;
    return [begin, end];
  }

  const clock = seconds => new Date(seconds * 1000).toLocaleTimeString([], { hour12: false });

  /** Adds a reading; load is null when it is unknown. */
  function add(time, load) {
    const seconds = time.getTime() / 1000;
    const last = times[times.length - 1];
    if (seconds <= last) {
      return; // replayed after a reconnect
    }
    if (seconds - last > BREAK_SECONDS) {
      times.push(last + 1);
      loads.push(null);
    }
    times.push(seconds);
    loads.push(load);
    const surplus = Math.max(0, times.length - KEPT);
    times.splice(0, surplus);
    loads.splice(0, surplus);
    plot.setData([times, loads]);
  }

  /** How many seconds to show; 3600 for all there are. */
  function show(seconds) {
    span = seconds;
    plot.setData([times, loads]);
  }

  /** The known loads of what is shown. */
  function shown() {
    const [begin] = window_();
    return loads.filter((load, i) => load !== null && times[i] >= begin);
  }

  return { draw, add, show, shown };
})();
