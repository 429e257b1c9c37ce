package org.metafusion.report.page;

/** HTML text under construction; what it is given as text is escaped. */
final class Html {

    private final StringBuilder out = new StringBuilder();

    /** Markup as it is. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Text with its special characters escaped. */
    Html text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return this;
    }

    /** An element of text alone. @param start its tag with attributes, such as {@code p class="lead"} */
    Html element(String start, String text) {
        int end = start.indexOf(' ');
        String name = end < 0 ? start : start.substring(0, end);
        return raw("<" + start + ">").text(text).raw("</" + name + ">");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
