/* The load over time: keeps the readings, draws the last ones. */
"use strict";

Hubwire.loadChart = (() => {
  const { chart } = Hubwire;
  const KEPT = 3600; // readings, an hour of them
  const BREAK_SECONDS = 3; // nothing for longer than this is a gap in the line

  const times = [];
  const loads = [];
  let span = 60;
  let plot;

  /** Draws into the container. */
  function draw(container) {
    plot = chart.draw(container, {
      scales: { x: { time: true, range: window_ }, y: { range: [0, 100] } },
      axes: [
        chart.timeAxis(),
        chart.axis({ size: 54, values: (u, percents) => percents.map(percent => percent + " %") })
      ],
      series: [{}, {
        label: "CPU load",
        width: 2,
        stroke: () => chart.colour("--accent"),
        fill: () => chart.colour("--accent-tint"),
        points: { show: false }
      }]
    }, [times, loads]);
  }

  function window_() {
    const end = times.length ? times[times.length - 1] : Date.now() / 1000;
    const begin = span === KEPT && times.length ? Math.min(times[0], end - 60) : end - span;
    return [begin, end];
  }

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
