/* Values as people read them. */
"use strict";

Hubwire.format = (() => {
  const UNITS = ["bytes", "kB", "MB", "GB", "TB"];
  const exact = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
  const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric" });

  /** 1400000 → "1.4 MB" (decimal units). */
  function size(bytes) {
    let value = bytes;
    let unit = 0;
    // 999.95 and not 1000: what rounds up to 1000 belongs to the next unit.
    while (value >= (unit === 0 ? 1000 : 999.95) && unit < UNITS.length - 1) {
      value /= 1000;
      unit += 1;
    }
    if (unit === 0) {
      return bytes === 1 ? "1 byte" : bytes + " bytes";
    }
    return (value < 100 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)) + " " + UNITS[unit];
  }

  /** How long ago, for the last week; the date before that. */
  function ago(instant) {
    const minutes = Math.floor((Date.now() - Date.parse(instant)) / 60000);
    if (minutes < 1) {
      return "just now";
    }
    if (minutes < 60) {
      return minutes + " min ago";
    }
    if (minutes < 24 * 60) {
      return Math.floor(minutes / 60) + " h ago";
    }
    const days = Math.floor(minutes / (24 * 60));
    if (days < 7) {
      return days === 1 ? "yesterday" : days + " days ago";
    }
    return day.format(new Date(instant));
  }

  function initials(displayName) {
    const words = displayName.trim().split(/\s+/);
    const last = words.length > 1 ? words[words.length - 1] : "";
    return ([...words[0]][0] || "?").toUpperCase() + ([...last][0] || "").toUpperCase();
  }

  function count(number, one, many) {
    return number + " " + (number === 1 ? one : many);
  }

  return { size, ago, initials, count, exact: instant => exact.format(new Date(instant)) };
})();
