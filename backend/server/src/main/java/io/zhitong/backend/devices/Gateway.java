package io.zhitong.backend.devices;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.events.EventStore;
import io.zhitong.backend.vault.DeviceWitnesses;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.link.BlobKeeper;
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.LinkHandler;
import io.zhitong.link.LinkSession;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the backend does with what devices say (设备网关): stores, notes, hands on; it decides nothing. */
@Component
final class Gateway implements LinkHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final EventStore events;
    private final DeviceLists lists;
    private final HeldDevices held;
    private final CommandRows commands;
    private final EnrolmentDesk desk;
    private final DeviceWitnesses witnesses;
    private final Pictures pictures;
    private final ImageParts images;
    private final List<DeviceMessageHandler> handlers;

    Gateway(
            EventStore events,
            DeviceLists lists,
            HeldDevices held,
            CommandRows commands,
            EnrolmentDesk desk,
            DeviceWitnesses witnesses,
            Pictures pictures,
            ImageParts images,
            List<DeviceMessageHandler> handlers) {
        this.events = events;
        this.lists = lists;
        this.held = held;
        this.commands = commands;
        this.desk = desk;
        this.witnesses = witnesses;
        this.pictures = pictures;
        this.images = images;
        this.handlers = List.copyOf(handlers);
    }

    @Override
    public Greeting hello(LinkSession session) {
        DeviceAddress device = session.address();
        desk.requireProfile(device, session.peer().profile());
        overtake(session);
        Greeting greeting = new Greeting(
                events.watermark(
                        device.community(), device.device(), session.hello().journal()),
                lists.headers(device));
        held.opened(session);
        session.hello()
                .checkpoint()
                .ifPresent(kept -> witnesses.said(session.peer().name(), kept));
        LOG.info(
                "device connected device={} remote={} journal={}",
                device,
                session.remote(),
                session.hello().journal());
        return greeting;
    }

    /** Without the vault the device keeps what it has, until it comes again. */
    private void overtake(LinkSession session) {
        try {
            List<ListKind> opened =
                    lists.overtake(session.address(), session.hello().lists());
            if (!opened.isEmpty()) {
                LOG.warn("restored: new epoch of lists device={} kinds={}", session.address(), opened);
            }
        } catch (KeyServiceException e) {
            LOG.warn(
                    "device holds lists that were never made here, and the vault is away device={}", session.address());
        }
    }

    @Override
    public Optional<Octets> checkpoint() {
        return witnesses.newest();
    }

    @Override
    public void heartbeat(LinkSession session, DeviceStatus status) {
        held.heard(session, status);
    }

    @Override
    public Watermark events(LinkSession session, List<JournalRecord> records) {
        DeviceAddress device = session.address();
        return events.append(
                device.community(), device.device(), session.hello().journal(), records);
    }

    @Override
    public void alarm(LinkSession session, JournalRecord copy) {
        handlers.stream()
                .filter(handler -> handler.kinds().contains(copy.kind()))
                .forEach(handler -> handler.received(copy));
    }

    @Override
    public Optional<SignedList> list(LinkSession session, ListKind kind) {
        return lists.newest(session.address(), kind);
    }

    @Override
    public void answered(LinkSession session, CommandAnswer answer) {
        commands.answered(session.address(), answer);
    }

    @Override
    public List<X509Certificate> renew(LinkSession session, byte[] pkcs10) {
        return desk.renew(session.address(), session.peer(), pkcs10);
    }

    @Override
    public BlobKeeper blobs() {
        return pictures;
    }

    @Override
    public byte[] image(LinkSession session, Hash bundle, long from, int most) {
        return images.read(session.address().community(), bundle, from, most);
    }

    @Override
    public void closed(LinkSession session, CloseReason reason) {
        held.closed(session, reason);
        LOG.info("device gone device={} reason={}", session.address(), reason);
    }
}
