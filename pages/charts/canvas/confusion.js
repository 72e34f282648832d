// The confusion matrix: how many rows of each class got which answer.
import { classColor, mixColors } from "./colors.js";
import { classNames } from "./legend.js";
import { formatEpoch, shorten } from "./numbers.js";
import { drawText } from "./shapes.js";

/** Rows counted by class and answer, as NumPy gave it; `counts[target][answer]`, one answer more where some are neither. */
export function countAnswers(scene, frame) {
  const classes = scene.classes.length, counts = Array.from({ length: classes }, () => new Array(classes + 1).fill(0));
  for (let row = 0; row < scene.rows; row++) if (!scene.isQuestion.has(row)) counts[scene.row_classes[row]][scene.answer(frame, row)]++;
  const undecided = counts.some((line) => line[classes]);
  return undecided ? counts : counts.map((line) => line.slice(0, classes));
}

export function confusionArea({ scene, frame, sizes }, width, height) {
  const counts = countAnswers(scene, frame), across = counts[0].length, down = counts.length;
  const left = 6.2 * sizes.small_text + 1.4 * sizes.text, top = 3.4 * sizes.text;
  const cell = Math.min((width - left - 8) / across, (height - top - 8) / down, 9 * sizes.text);
  const at = (x, y) => { const [answer, target] = [Math.floor((x - left) / cell), Math.floor((y - top) / cell)]; return answer >= 0 && answer < across && target >= 0 && target < down ? { target, answer } : null; };
  return { counts, left, top, cell, across, down, at };
}

export function paintConfusion(ctx, view, width, height) {
  const { palette, sizes } = view, { counts, left, top, cell, across, down } = confusionArea(view, width, height);
  const quiet = { size: sizes.small_text, color: palette.muted }, letters = Math.max(2, Math.floor(cell / (0.6 * sizes.small_text)));
  const above = classNames(view, letters), beside = classNames(view, 11);
  drawText(ctx, view, "answer", left + (cell * across) / 2, 0.8 * sizes.text, {});
  ctx.save();
  ctx.translate(0.8 * sizes.text, top + (cell * down) / 2);
  ctx.rotate(-Math.PI / 2);
  drawText(ctx, view, "target", 0, 0, {});
  ctx.restore();
  for (let answer = 0; answer < across; answer++) drawText(ctx, view, above[answer] ?? shorten("neither", letters), left + cell * (answer + 0.5), top - 0.8 * sizes.small_text, quiet);
  counts.forEach((line, target) => {
    const total = line.reduce((sum, count) => sum + count, 0) || 1, y = top + cell * (target + 0.5);
    drawText(ctx, view, beside[target], left - 0.6 * sizes.small_text, y, { ...quiet, align: "right" });
    line.forEach((count, answer) => {
      const right = target === answer, color = right ? classColor(palette, target) : palette.wrong, x = left + cell * answer;
      ctx.fillStyle = mixColors(palette.background, color, count ? 0.12 + 0.33 * (count / total) : 0);
      ctx.beginPath();
      ctx.roundRect(x + 2, y - cell / 2 + 2, cell - 4, cell - 4, 6);
      ctx.fill();
      Object.assign(ctx, { strokeStyle: right ? color : sizes.projector ? palette.muted : palette.grid, lineWidth: right || sizes.projector ? sizes.thin_line : 1 });
      ctx.stroke();
      const size = Math.min(cell * 0.34, 2 * sizes.text);
      drawText(ctx, view, formatEpoch(count), x + cell / 2, y, { size, weight: count ? 600 : 400, color: count ? palette.text : palette.muted });
      if (count && !right && cell > 5 * sizes.small_text) drawText(ctx, view, "✕", x + cell - 0.9 * sizes.small_text, y - cell / 2 + 0.95 * sizes.small_text, { size: sizes.small_text, color: palette.wrong, weight: 700 });
    });
  });
}
