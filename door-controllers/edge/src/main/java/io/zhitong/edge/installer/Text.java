package io.zhitong.edge.installer;

/** A text of the page in both languages (双语文本). */
public record Text(String chinese, String english) {

    /** What is the same in both, like a number. */
    public static Text same(String text) {
        return new Text(text, text);
    }

    String in(boolean wantsEnglish) {
        return wantsEnglish ? english : chinese;
    }
}
