package org.metafusion.core.tensor;

/**
 * What a backend is.
 *
 * @param name as configured, such as {@code cpu}
 * @param device the device it runs on, for people
 * @param detail how it computes there, for people: product provider, threads, and why they were chosen
 */
public record BackendInfo(String name, String device, String detail) {}
