package io.zhitong.edge;

import io.zhitong.machinetls.MachineProfile;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A device's YAML file (设备配置): section {@code device} for what all programs share, one section of the program's own.
 * Relative paths start at the file's folder. Unknown keys are refused: a misspelt one must not be a silent default.
 */
public final class DeviceConfig {

    private static final long MAX_BYTES = 256 * 1024;
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /**
     * Section {@code device} as written.
     *
     * @param data folder for journal, lists and certificate
     * @param backend host name or address
     * @param linkPort port of the controller link
     * @param enrolPort port of the enrolment listener
     * @param authority PEM file with the machine authority's certificate, pinned
     * @param tokenFile one line, the one-time enrolment token; read once, needed only before enrolment
     *
     * <p>Besides these {@code profile: sm2} or {@code profile: p256} may stand there, the first where none does.
     */
    record Raw(String data, String backend, int linkPort, int enrolPort, String authority, String tokenFile) {}

    /**
     * A further backend of the same installation, in the section {@code backends}: tried in turn when those before do not answer.
     *
     * @param backend host name or address
     */
    record Further(String backend, int linkPort, int enrolPort) {}

    private final Path folder;
    private final JsonNode root;
    private final MachineProfile profile;
    private final Raw raw;
    private final List<Further> backends = new ArrayList<>();

    private DeviceConfig(Path folder, JsonNode root) {
        this.folder = folder;
        this.root = root;
        this.profile = profile(root);
        this.raw = section("device", Raw.class);
        backends.add(new Further(raw.backend(), raw.linkPort(), raw.enrolPort()));
        if (root.has("backends")) {
            backends.addAll(List.of(section("backends", Further[].class)));
        }
        if (!backends.stream().allMatch(each -> port(each.linkPort()) && port(each.enrolPort()))) {
            throw new EdgeException(EdgeFault.CONFIG, "expected ports from 1 to 65535");
        }
    }

    /** Takes the one optional key out of the section, whose other keys are all needed. */
    private static MachineProfile profile(JsonNode root) {
        JsonNode written = root.get("device") instanceof ObjectNode device ? device.remove("profile") : null;
        return switch (written == null ? "sm2" : written.asString("")) {
            case "sm2" -> MachineProfile.SM2;
            case "p256" -> MachineProfile.P256;
            default -> throw new EdgeException(EdgeFault.CONFIG, "expected profile: sm2 or profile: p256");
        };
    }

    private static boolean port(int number) {
        return number >= 1 && number <= 65_535;
    }

    /** @throws EdgeException CONFIG with what was expected, and where */
    public static DeviceConfig load(Path file) {
        try {
            if (!Files.isReadable(file) || Files.size(file) > MAX_BYTES) {
                throw new EdgeException(EdgeFault.CONFIG, "expected a readable file of at most 256 KiB at " + file);
            }
            JsonNode root = YAML.readTree(Files.readString(file));
            return new DeviceConfig(Objects.requireNonNull(file.toAbsolutePath().getParent()), root);
        } catch (JacksonException | java.io.IOException e) {
            throw new EdgeException(EdgeFault.CONFIG, "expected YAML in " + file, e);
        }
    }

    /**
     * A section of the program's own, as a record whose components are its keys.
     *
     * @throws EdgeException CONFIG if it is missing or has other keys
     */
    public <T> T section(String name, Class<T> type) {
        JsonNode node = Optional.ofNullable(root.get(name))
                .orElseThrow(() -> new EdgeException(EdgeFault.CONFIG, "expected a section '" + name + "'"));
        try {
            return YAML.treeToValue(node, type);
        } catch (JacksonException e) {
            throw new EdgeException(EdgeFault.CONFIG, "in section '" + name + "': " + e.getOriginalMessage(), e);
        }
    }

    /** As {@link #section}, or nothing where the file has none of that name. */
    public <T> Optional<T> optionalSection(String name, Class<T> type) {
        return root.has(name) ? Optional.of(section(name, type)) : Optional.empty();
    }

    /** Whether somebody may bring a token by the page. */
    boolean hasInstaller() {
        return root.has("installer");
    }

    /** A path as written, seen from the file's folder. */
    public Path path(String written) {
        return folder.resolve(written).normalize();
    }

    public Path data() {
        return path(raw.data());
    }

    Path authority() {
        return path(raw.authority());
    }

    Path tokenFile() {
        return path(raw.tokenFile());
    }

    /** In the order in which they are tried. */
    List<InetSocketAddress> link() {
        return backends.stream()
                .map(each -> InetSocketAddress.createUnresolved(each.backend(), each.linkPort()))
                .toList();
    }

    /** The one to enrol at in this attempt, counted from 0. */
    InetSocketAddress enrolment(int attempt) {
        Further next = backends.get(attempt % backends.size());
        return new InetSocketAddress(next.backend(), next.enrolPort());
    }

    MachineProfile profile() {
        return profile;
    }

    Duration enrolmentPause() {
        return Duration.ofSeconds(1);
    }
}
