package io.zhitong.link;

import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRefusal;
import io.zhitong.accessmodel.SignedList;
import java.util.List;
import java.util.Optional;

/** The lists of a device as its link sees them (名单存放). */
public interface ListHolder {

    /** What is held, for heartbeats; called often, from any thread. */
    List<ListState> states();

    Optional<SignedList> held(ListKind kind);

    /** Takes a verified, newer list: version and records on disk, then switched at once; returns after both. */
    void install(SignedList list);

    /** A list was refused; to be journalled. */
    void refused(ListKind kind, ListRefusal reason);
}
