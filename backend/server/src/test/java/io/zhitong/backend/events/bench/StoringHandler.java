package io.zhitong.backend.events.bench;

import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.events.EventStore;
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.LinkHandler;
import io.zhitong.link.LinkSession;
import java.util.List;
import java.util.Optional;

/** The gateway's part that stores (只入库的网关). */
record StoringHandler(EventStore store) implements LinkHandler {
    @Override
    public Greeting hello(LinkSession session) {
        return new Greeting(
                store.watermark(
                        session.address().community(),
                        session.address().device(),
                        session.hello().journal()),
                List.of());
    }

    @Override
    public void heartbeat(LinkSession session, DeviceStatus status) {}

    @Override
    public Watermark events(LinkSession session, List<JournalRecord> records) {
        return store.append(
                session.address().community(),
                session.address().device(),
                session.hello().journal(),
                records);
    }

    @Override
    public void alarm(LinkSession session, JournalRecord copy) {}

    @Override
    public Optional<SignedList> list(LinkSession session, ListKind kind) {
        return Optional.empty();
    }

    @Override
    public void answered(LinkSession session, CommandAnswer answer) {}

    @Override
    public void closed(LinkSession session, CloseReason reason) {}
}
