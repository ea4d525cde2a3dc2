export * from "./activation-length";
export * from "./curvature";
export * from "./multiplication";
export * from "./linear-regions";
export * from "./mimic";
