package io.zhitong.backend.web;

/**
 * A line at the top of each page.
 *
 * @param level how loud
 * @param message message key of the text
 */
public record Banner(Level level, String message) {
    /** How loud a banner is; the page names it in words too, never by colour alone. */
    public enum Level {
        NOTICE,
        WARNING,
        DANGER
    }
}
