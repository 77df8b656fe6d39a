package io.zhitong.edge;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.edge.installer.DeviceDesk;
import io.zhitong.edge.installer.InstallerSection;
import io.zhitong.edge.installer.InstallerServer;
import io.zhitong.edge.installer.Text;
import io.zhitong.edge.installer.Workbench;
import io.zhitong.machinetls.PrivateFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program as its installer sees it (安装视角的设备): before and after it is enrolled. Thread-safe. */
final class ProgramDesk implements DeviceDesk, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProgramDesk.class);
    private static final String TOKEN = "[\\x21-\\x7e]{1,128}";

    /** What came up after the enrolment. */
    private record Up(Device device, Workbench workbench) {}

    private final DeviceConfig config;
    private final String software;
    private final AtomicReference<Optional<Up>> up = new AtomicReference<>(Optional.empty());
    private Optional<InstallerServer> page = Optional.empty();

    private ProgramDesk(DeviceConfig config, String software) {
        this.config = config;
        this.software = software;
    }

    /** Opens the page where the configuration has one; a port that is taken stops no door. */
    static ProgramDesk open(DeviceConfig config, String software) {
        ProgramDesk desk = new ProgramDesk(config, software);
        Optional<InstallerSection> section = config.optionalSection("installer", InstallerSection.class);
        if (section.isPresent()) {
            try {
                desk.page = Optional.of(InstallerServer.start(
                        section.get(), desk, config.data().resolve("installer-code"), Clock.systemUTC()));
            } catch (IOException e) {
                LOG.error("no installer's page: {}", e.getMessage());
            }
        }
        return desk;
    }

    Optional<Integer> port() {
        return page.map(InstallerServer::port);
    }

    void came(Device device, Workbench workbench) {
        up.set(Optional.of(new Up(device, workbench)));
    }

    void went() {
        up.set(Optional.empty());
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(new Text("软件", "Software"), Text.same(software)));
        InetSocketAddress backend = config.link().get(0);
        facts.add(new Fact(new Text("后台", "Backend"), Text.same(backend.getHostString() + ":" + backend.getPort())));
        now().map(Up::device).ifPresent(device -> {
            ClockQuality clock = device.clock().read().quality();
            facts.add(new Fact(
                    new Text("小区-设备编号", "Community-device"),
                    Text.same(device.address().certificateName())));
            facts.add(new Fact(new Text("时钟", "Clock"), new Text(clock.chinese(), clock.english())));
            facts.add(new Fact(
                    new Text("未上传记录", "Records not uploaded"),
                    Text.same(Long.toString(device.journal().unsent()))));
            facts.add(new Fact(
                    new Text("名单", "Lists"),
                    new Text(lists(device, ListKind::chinese, "、"), lists(device, ListKind::english, ", "))));
            facts.add(new Fact(
                    new Text("故障", "Faults"),
                    Text.same(
                            device.health().healthy()
                                    ? "–"
                                    : String.join("; ", device.health().faults()))));
        });
        return facts;
    }

    private static String lists(Device device, Function<ListKind, String> word, String comma) {
        return String.join(
                comma,
                device.lists().states().stream()
                        .sorted(Comparator.comparingInt(list -> list.kind().code()))
                        .map(list -> word.apply(list.kind()) + " "
                                + list.version().epoch() + "." + list.version().number())
                        .toList());
    }

    private Optional<Up> now() {
        return Objects.requireNonNull(up.get());
    }

    @Override
    public boolean enrolled() {
        return now().isPresent()
                || Enrolled.load(config.profile(), config.data()).isPresent();
    }

    @Override
    public void enrol(String token) {
        if (token.strip().matches(TOKEN)) {
            PrivateFiles.write(config.tokenFile(), token.strip());
        }
    }

    @Override
    public Workbench workbench() {
        return now().map(Up::workbench).orElseGet(Workbench::none);
    }

    @Override
    public void close() {
        page.ifPresent(InstallerServer::close);
    }
}
