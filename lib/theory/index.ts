export * from "./mean-field";
export * from "./activation-length";
export * from "./statistics";
export * from "./linear-regions";
export * from "./multiplication";
