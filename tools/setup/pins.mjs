/** What set-up asks for by exact version: change it here, and environment.md tells how to check the change. */

/** The oldest Node that every npm dependency runs on. */
export const oldestNode = [20, 19];

/** The Python versions that requirements.txt is locked for, oldest and newest. */
export const oldestPython = [3, 10];
export const newestPython = [3, 13];

/**
 * The oldest NVIDIA driver, by its major version, that CUDA 12 runs on
 * (https://docs.nvidia.com/deploy/cuda-compatibility/minor-version-compatibility.html, table 1).
 */
export const oldestNvidiaDriver = 525;

/** The oldest Python that nbgrader, in requirements-course.txt, runs on. */
export const oldestCoursePython = [3, 11];

/** The oldest Python that the libraries in requirements-peers.txt run on. */
export const oldestPeersPython = [3, 11];

/**
 * The TensorFlow whose C library the native engine runs on. One wheel serves every Python and every Node: only its
 * libraries and C headers are used, so the tags of Python in its name are nothing but its address.
 */
export const tensorflow = {
  version: "2.21.0",
  wheelTags: {
    pythonVersion: "3.11",
    abis: ["cp311", "none"],
    /** Every tag that a system with glibc 2.27 or newer satisfies; pip compares them letter by letter. */
    platforms: [
      ...[27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17].map((minor) => `manylinux_2_${minor}_x86_64`),
      "manylinux2014_x86_64",
    ],
  },
  /**
   * The builds to choose from: the wheel with its sha256, what is downloaded and what is kept of it in bytes, and the
   * wheels that belong beside it, as a pip requirements file in this folder.
   */
  variants: {
    cpu: {
      package: "tensorflow-cpu",
      sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
      downloadBytes: 273_829_956,
      unpackedBytes: 853_900_000,
      companions: null,
    },
    cuda: {
      package: "tensorflow",
      sha256: "9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124",
      downloadBytes: 3_379_649_224,
      unpackedBytes: 5_690_690_000,
      companions: "cuda-libraries.txt",
    },
  },
};

/** The oldest Python that Snakemake, in requirements-workflow.txt, runs on. */
export const oldestWorkflowPython = [3, 11];
