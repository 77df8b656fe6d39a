package io.zhitong.link;

import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;

/** What differs came along with the offer (随附变化): nothing to ask. */
record GivenFetch(ListHeader header, SignedList held, ListChange change) implements ListFetch {

    @Override
    public FromDevice question() {
        throw ListFetch.outOfTurn();
    }

    @Override
    public void take(FromBackend answer) {
        throw ListFetch.outOfTurn();
    }

    @Override
    public boolean complete() {
        return true;
    }

    @Override
    public SignedList joined() {
        return SignedList.join(header, held, change.records());
    }
}
