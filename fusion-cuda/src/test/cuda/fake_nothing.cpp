// A library that others are linked to but that nobody calls.
extern "C" __attribute__((visibility("default"))) int nothing() { return 0; }
