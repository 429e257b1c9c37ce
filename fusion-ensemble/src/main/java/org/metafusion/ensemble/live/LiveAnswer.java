package org.metafusion.ensemble.live;

/**
 * What a model in service said, and which model that was.
 *
 * @param generation as {@link LiveModel#generation} had it when the call began
 */
public record LiveAnswer<T>(T answer, int generation) {}
