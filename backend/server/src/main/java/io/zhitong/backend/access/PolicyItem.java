package io.zhitong.backend.access;

import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.Schedule;

/** One part of a policy, as it is stored, compared and audited (策略条目). Equal content has equal bytes. */
public sealed interface PolicyItem permits PeopleGroup, AccessRule, ListItem {
    int LONGEST_NAME = 60;

    ItemKey key();

    String name();

    /** What is stored beside key and name. */
    byte[] content();

    /** In words, for the audit. */
    default String words() {
        return toString();
    }

    /** @throws io.zhitong.accessmodel.ModelException if the bytes are not the content of such an item */
    static PolicyItem decode(ItemKey key, String name, byte[] content) {
        return switch (key.kind()) {
            case GROUP -> PeopleGroup.decode((int) key.number(), name, content);
            case RULE -> AccessRule.decode(key.number(), name, content);
            case SCHEDULE -> new ListItem(key, name, Schedule.decode(content));
            case HOLIDAY -> new ListItem(key, name, ListRecord.decode(ListKind.HOLIDAYS, content));
            case AREA -> new ListItem(key, name, ListRecord.decode(ListKind.AREAS, content));
            case FLOORS -> new ListItem(key, name, ListRecord.decode(ListKind.FLOORS, content));
            case POINT -> new ListItem(key, name, ListRecord.decode(ListKind.POINTS, content));
            case WIRE -> new ListItem(key, name, ListRecord.decode(ListKind.WIRING, content));
        };
    }

    /** A name as a form may give it. */
    static String named(String name) {
        String clean = name.strip();
        if (clean.isEmpty() || clean.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "a name has 1 to " + LONGEST_NAME + " characters, got " + clean.length());
        }
        return clean;
    }
}
