import { type LabelledImages, valuesPerImage } from "../../datasets";
import { figure, type Figure, type PanelSpec } from "../../report";
import { called, consistent, demand, each, finite, listOf, record, whole, words } from "../../theory/demand-parts";
import { firstOf } from "../first-of";

/** Test images with a teacher's answers. */
export interface AnsweredImages {
  readonly images: LabelledImages;
  readonly classNames: readonly string[];
  /** [images, classes]. */
  readonly logits: Float32Array;
}

const answeredImages = each(
  record<AnsweredImages>({
    images: record<LabelledImages>({
      count: whole(1),
      shape: listOf(whole(1), 2),
      pixels: listOf(whole(0, 255)),
      labels: listOf(whole(0)),
    }),
    classNames: listOf(words),
    logits: called("[images, classes]", listOf(finite)),
  }),
  consistent<AnsweredImages>(({ images: { count, shape, pixels, labels }, classNames, logits }) => {
    const expected = { pixels: count * valuesPerImage(shape), labels: count, logits: count * classNames.length };
    for (const [name, values] of Object.entries({ pixels, labels, logits })) {
      const number = expected[name as keyof typeof expected];
      if (values.length !== number) return `has ${values.length} ${name} for ${count} images; expected ${number}`;
    }
    const beyond = labels.find((label) => label >= classNames.length);
    return beyond === undefined ? null : `has the label ${beyond} and ${classNames.length} names of classes`;
  }),
);

/** Logits shown of an image: as many as have room for their names. */
const largest = 5;

/** Images with the largest logits that a teacher gives them, in a row. @param places which images */
export function singleImagesFigure(answered: AnsweredImages, places: readonly number[]): Figure {
  firstOf(places, "image");
  demand("answered", answered, answeredImages);
  const { images, classNames, logits } = answered;
  demand("places", places, called("of images", listOf(whole(0, images.count - 1))));
  const classes = classNames.length;
  const pictures = places.map((place): PanelSpec => picturePanel(images, place, classNames[images.labels[place]]));
  const answers = places.map((place): PanelSpec => {
    const own = logits.subarray(place * classes, (place + 1) * classes);
    const order = Array.from(own.keys()).sort((a, b) => own[b] - own[a]);
    const shown = order.slice(0, largest);
    return {
      title: `logits: ${classNames[images.labels[place]]}`,
      xAxis: { label: "class", scale: "category" },
      yAxis: { label: "logit" },
      series: [
        {
          name: "ensemble of teachers",
          kind: "measurement",
          color: 0,
          mark: "bars",
          x: shown.map((entry) => classNames[entry]),
          y: shown.map((entry) => own[entry]),
        },
      ],
    };
  });
  return figure({
    id: "04-single-images",
    title: "A label says one word about an image; logits say what else it resembles",
    description: "Test images, and under each the five largest logits that the ensemble of teachers gives.",
    columns: places.length,
    panels: [...pictures, ...answers],
  });
}

function picturePanel(images: LabelledImages, place: number, name: string): PanelSpec {
  const [rows, columns, channels = 1] = images.shape;
  const size = valuesPerImage(images.shape);
  const pixels = images.pixels.subarray(place * size, (place + 1) * size);
  return {
    title: name,
    xAxis: { label: "pixels" },
    yAxis: { label: "pixels" },
    photograph: { name, shape: [rows, columns, channels], pixels },
  };
}
