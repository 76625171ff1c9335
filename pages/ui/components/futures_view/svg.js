// The picture as SVG: what is seen, in lines.

import { SvgPen } from "../shared/svg_pen.js";
import { placed } from "./camera.js";
import { PATHS } from "./haze.js";
import { drawFutures } from "./paint.js";
import { inkOnto, overOnto, sideOf } from "./scene.js";

/** @import { Camera } from "./camera.js" */
/** @import { FuturesView } from "./view.js" */

const HAIR = { alpha: 0.15, width: 0.6 }; // of the single lines, which add up to what the screen shows as haze
const NEARLY_ALONG = 33; // of a side's 100: lines have one of three colours, where the haze has all between them
const BESIDE = 200; // px beside the stage from where a future may still reach into it

/** @param {FuturesView} view @param {Camera} camera */
export function svgOf(view, camera) {
  const { data, stage, theme } = view, pen = new SvgPen(), { clientWidth: width, clientHeight: height } = stage;
  if (data.mode !== "fan" && data.mode !== "sure") {
    const colours = data.mode === "hairs" ? data.sides[theme.name] : Array(3).fill(PATHS[theme.name]);
    colours.forEach((colour, side) => {
      for (let p = 0; p < data.starts; p++) {
        const [x, y] = placed(data.points, data.start[p], camera);
        if (x < -BESIDE || y < -BESIDE || x > width + BESIDE || y > height + BESIDE) continue;
        drawFutures(pen.asPen(), data, camera, p, (n) => (sideOf(data, p, n, NEARLY_ALONG) === side ? { colour, ...HAIR } : null));
      }
    });
  }
  inkOnto(pen.asPen(), view, camera);
  overOnto(pen.asPen(), view, camera);
  return pen.svg(width, height, theme.paper);
}
