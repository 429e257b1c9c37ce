package org.metafusion.data.folder;

/**
 * How a data folder is read.
 *
 * @param task what the labels are
 * @param splitIgnored whether every row counts as train, whatever the split column holds
 */
public record ReadOptions(TaskChoice task, boolean splitIgnored) {

    /** Task decided from the labels, split as labels.csv has it. */
    public static ReadOptions defaults() {
        return new ReadOptions(TaskChoice.AUTO, false);
    }

    public ReadOptions withTask(TaskChoice choice) {
        return new ReadOptions(choice, splitIgnored);
    }

    /** Every row as train, as for a last fit on all there is. */
    public ReadOptions ignoringSplit() {
        return new ReadOptions(task, true);
    }
}
