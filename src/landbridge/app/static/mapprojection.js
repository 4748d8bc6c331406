// Equal Earth: no country looks too large. Source: Šavrič, Patterson & Jenny (2019), equations 8 to 10.
const A1 = 1.340264, A2 = -0.081106, A3 = 0.000893, A4 = 0.003796, M = Math.sqrt(3) / 2;
const RAD = Math.PI / 180;

/** Meridian that stands upright, as the country shapes are cut for it. */
export const CENTRE_LON = 70;
/** Units of the map a radian. */
export const SCALE = 1000;

/** Degrees east of the central meridian, from -180 up to 180. */
export function turned(lon) {
  return ((lon - CENTRE_LON + 180) % 360 + 360) % 360 - 180;
}

/** Place on the map, y upwards, of a longitude that is counted from the central meridian. */
export function place(fromCentre, lat) {
  const theta = Math.asin(M * Math.sin(lat * RAD));
  const t2 = theta * theta, t6 = t2 * t2 * t2;
  const slope = A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2);
  return [SCALE * fromCentre * RAD * Math.cos(theta) / (M * slope), SCALE * theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))];
}

/** Place on the map of a point in degrees. */
export function project(lon, lat) {
  return place(turned(lon), lat);
}

/** Longitude and latitude of a place on the map; null outside the globe. */
export function unproject(x, y) {
  const aim = y / SCALE;
  let theta = Math.max(-Math.PI / 3, Math.min(Math.PI / 3, aim / A1));
  for (let round = 0; round < 12; round++) {
    const t2 = theta * theta, t6 = t2 * t2 * t2;
    const miss = theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2)) - aim;
    const step = miss / (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2));
    theta -= step;
    if (Math.abs(step) < 1e-9) break;
  }
  const sine = Math.sin(theta) / M;
  if (Math.abs(sine) > 1) return null;
  const t2 = theta * theta, t6 = t2 * t2 * t2;
  const slope = A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2);
  const fromCentre = (x / SCALE) * M * slope / Math.cos(theta) / RAD;
  if (Math.abs(fromCentre) > 180) return null;
  return [(fromCentre + CENTRE_LON + 540) % 360 - 180, Math.asin(sine) / RAD];
}

/** Project a line in degrees; a gap (NaN) stands where it leaves one edge of the map for the other. */
export function projectLine(lons, lats) {
  const xs = [], ys = [];
  let last = null;
  for (let i = 0; i < lons.length; i++) {
    const own = turned(lons[i]);
    if (last !== null && Math.abs(own - last) > 180) {
      xs.push(NaN);
      ys.push(NaN);
    }
    const [x, y] = place(own, lats[i]);
    xs.push(x);
    ys.push(y);
    last = own;
  }
  return [xs, ys];
}

/** Points in degrees of a line that is written as its first point and the steps to the next ones. */
export function unfold(steps, unit) {
  const lons = new Array(steps.length / 2), lats = new Array(steps.length / 2);
  let x = 0, y = 0;
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    lons[i / 2] = x * unit;
    lats[i / 2] = y * unit;
  }
  return [lons, lats];
}

/** Points between two on the great circle, in degrees: how aircraft fly. */
export function greatCircle([lon1, lat1], [lon2, lat2], stepDeg = 2) {
  const unit = (lon, lat) => [Math.cos(lat * RAD) * Math.cos(lon * RAD), Math.cos(lat * RAD) * Math.sin(lon * RAD), Math.sin(lat * RAD)];
  const a = unit(lon1, lat1), b = unit(lon2, lat2);
  const arc = Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  const count = Math.max(1, Math.ceil(arc / RAD / stepDeg));
  const lons = [], lats = [];
  for (let k = 0; k <= count; k++) {
    const [p, q] = arc < 1e-9 ? [1, 0] : [Math.sin((1 - k / count) * arc) / Math.sin(arc), Math.sin(k / count * arc) / Math.sin(arc)];
    const [x, y, z] = [0, 1, 2].map((i) => p * a[i] + q * b[i]);
    lons.push(Math.atan2(y, x) / RAD);
    lats.push(Math.asin(Math.max(-1, Math.min(1, z))) / RAD);
  }
  return [lons, lats];
}
