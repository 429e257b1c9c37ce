package org.metafusion.training.phase;

/**
 * The rows that copies of one fold are judged by.
 *
 * @param rows on the device
 * @param places of these rows among all rows that students are judged by
 */
record ValidationRows(DeviceRows rows, int fold, int[] places) {}
