package io.zhitong.bench;

import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.LinkHandler;
import io.zhitong.link.LinkSession;
import java.util.List;
import java.util.Optional;

/** A backend that acknowledges at once and keeps nothing (即时确认后台). Thread-safe. */
final class AcknowledgingHandler implements LinkHandler {
    @Override
    public Greeting hello(LinkSession session) {
        return new Greeting(Watermark.start(session.hello().journal()), List.of());
    }

    @Override
    public void heartbeat(LinkSession session, DeviceStatus status) {}

    @Override
    public Watermark events(LinkSession session, List<JournalRecord> records) {
        return records.get(records.size() - 1).watermark();
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
