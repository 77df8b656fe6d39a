package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/** The pages of the keys in a real browser (密钥页面): drawn, checked, readable for everybody, on a desk and on a phone. */
final class KeyPages {
    private static final List<String> PAGES = List.of(
            "/keys",
            "/keys/custody",
            "/keys/rotation",
            "/keys/blast?thing=KEY&q=DPK/1",
            "/keys/audit",
            "/keys/lineage?key=ACCESS_FAST/1");

    private KeyPages() {}

    static void mapLeadsToTheLineage(Screen screen) {
        screen.open("/keys");
        screen.sees("[data-usage='DPK'] .keys-active", "使用中");
        Album.take(screen, "key-map");
        screen.click("[data-usage='DPK'] .keys-version summary");
        screen.click("[data-usage='DPK'] .keys-lineage");
        screen.sees("#way", "4403ff0000000000");
        screen.sees("#way", "CMAC");
    }

    static void registerIsWrittenAndCounted(Screen screen) {
        screen.open("/keys/custody");
        screen.type("#act-enter [name=serial]", "SAFE0001");
        screen.type("#act-enter [name=holder]", "陈静");
        screen.type("#act-enter [name=place]", "一号保险柜");
        screen.click("#act-enter button");
        screen.sees("#items", "SAFE0001");
        assertEquals("password", screen.script("return document.querySelector('#act-count [name=pin]').type"));
        screen.type("#act-count [name=serials]", "SAFE0001");
        screen.type("#act-count [name=by]", "陈静");
        screen.type("#act-count [name=witness]", "周明");
        screen.click("#act-count button");
        screen.sees("#found", "盘点");
    }

    static void auditIsChecked(Screen screen) {
        screen.open("/keys/audit");
        screen.sees("#audit", "保管登记");
        screen.click("#verify");
        screen.sees("#verified", "记录完整");
        assertTrue(screen.has("#audit-export"));
    }

    static void everybodyCanReadThem(Screen screen) {
        List<String> found = new ArrayList<>();
        for (String page : PAGES) {
            screen.open(page);
            screen.barriers().forEach(barrier -> found.add(page + " " + barrier));
        }
        screen.script("localStorage.setItem('theme', 'dark')");
        for (String page : PAGES) {
            screen.open(page);
            screen.paleColours().forEach(barrier -> found.add("dark " + page + " " + barrier));
        }
        screen.script("localStorage.setItem('theme', 'light')");
        screen.size(390, 844);
        for (String page : PAGES) {
            screen.open(page);
            long width = (Long) screen.script("return document.documentElement.scrollWidth");
            if (width > 390) {
                found.add("wider than a phone: " + page + " " + width);
            }
        }
        assertEquals(List.of(), found);
    }
}
