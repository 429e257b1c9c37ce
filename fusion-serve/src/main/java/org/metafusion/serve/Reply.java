package org.metafusion.serve;

/** An answer: HTTP status, type and bytes of its body. */
record Reply(int status, String type, byte[] body) {}
