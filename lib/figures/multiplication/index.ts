export { constructedErrorFigure, type ConstructedRun } from "./constructed-error";
export { type BuiltNet, neuronCountsFigure } from "./neuron-counts";
export { powersFigure } from "./powers";
export { trainedErrorFigure, trainedMapFigure, type TrainedMarks } from "./trained";
