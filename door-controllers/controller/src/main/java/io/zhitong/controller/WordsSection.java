package io.zhitong.controller;

import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;

/**
 * Optional section {@code words} of the program's YAML file (提示配置), docs/controller.md.
 *
 * @param language {@code zh} or {@code en}
 */
record WordsSection(String language) {

    static final WordsSection CHINESE = new WordsSection("zh");

    WordsSection {
        if (!language.equals("zh") && !language.equals("en")) {
            throw new EdgeException(EdgeFault.CONFIG, "in section 'words': expected language 'zh' or 'en'");
        }
    }

    boolean english() {
        return language.equals("en");
    }
}
