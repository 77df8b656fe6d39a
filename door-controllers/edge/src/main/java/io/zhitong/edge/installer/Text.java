package io.zhitong.edge.installer;

/** A text of the page in both languages (双语文本). */
public record Text(String chinese, String english) {

    String in(boolean wantsEnglish) {
        return wantsEnglish ? english : chinese;
    }
}
