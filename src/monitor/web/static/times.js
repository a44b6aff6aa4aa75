// Puts times into the reader's own zone, UTC beside it as before. Where scripts don't run they stay in the zone of the
// settings. It reads nothing but `datetime`, and writes nothing but text.
"use strict";
(() => {
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  // Each English has names for the zones where it is spoken ("EST"), and "GMT-5" for others.
  const NAMING = ["en-GB", "en-US", "en-AU", "en-IN"].map((one) => new Intl.DateTimeFormat(one, { timeZoneName: "short" }));

  const two = (number) => String(number).padStart(2, "0");

  const zone = (at) => {
    const names = NAMING.map((one) => one.formatToParts(at).find((part) => part.type === "timeZoneName").value);
    return names.find((name) => !/^(GMT|UTC)./.test(name)) ?? names[0];
  };

  for (const one of document.querySelectorAll("time.at")) {
    const at = new Date(one.dateTime);
    if (Number.isNaN(at.valueOf())) continue;
    const written = one.textContent;
    const here = `${at.getDate()} ${MONTHS[at.getMonth()]} ${at.getFullYear()}`;
    const there = `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
    const own = `${here} ${two(at.getHours())}:${two(at.getMinutes())}`;
    if (written.startsWith(`${own} `)) continue; // the reader is where the settings are
    const utc = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())} UTC`;
    one.title = written;
    one.textContent =
      at.getTimezoneOffset() === 0 ? `${there} ${utc}` : `${own} ${zone(at)} (${here === there ? "" : `${there} `}${utc})`;
  }
})();
