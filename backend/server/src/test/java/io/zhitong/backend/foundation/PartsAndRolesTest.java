package io.zhitong.backend.foundation;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.Zhitong;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/** Every part that works by itself, and in which processes: whoever adds one says here where it runs. Parts of a demo only are left out. */
final class PartsAndRolesTest {
    private static final String EVERYWHERE = "every process";

    @Test
    void the_parts_that_work_by_themselves_run_where_they_belong() {
        Map<String, String> expected = new HashMap<>(Map.of(
                "LinkServers", "GATEWAY",
                "CommandPost", "GATEWAY",
                "ListOffers", "GATEWAY",
                "ListPublisher", "WORKER",
                "EventSubscriptions", "WORKER",
                "EventDayKeeper", "WORKER",
                "ClearingWorker", "WORKER",
                "AutomaticClose", "WORKER",
                "LeaseRenewals", "WORKER"));
        expected.putAll(Map.of(
                "HeardAges", "GATEWAY",
                "PresenceLists", "WORKER",
                "UseLists", "WORKER",
                "BoardWorker", "GATEWAY",
                "CarLists", "WORKER",
                "PictureRetention", "GATEWAY",
                "RolloutKeeper", "WORKER",
                "UpdateKeeper", "WORKER"));
        expected.putAll(Map.of("DeskReader", "CONSOLE", "PersonKeyKeeper", "WORKER", "LiveStreams", "CONSOLE"));
        for (String part : new String[] {
            "ThisBackend",
            "Notices",
            "DemoSeeding",
            "HeldDevices",
            "CommandReplies",
            "EventBroadcast",
            "MachineUpkeep",
            "VaultMonitor"
        }) {
            expected.put(part, EVERYWHERE);
        }
        assertThat(found()).isEqualTo(expected);
    }

    private static Map<String, String> found() {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AssignableTypeFilter(SmartLifecycle.class));
        Map<String, String> parts = new HashMap<>();
        scan.findCandidateComponents(Zhitong.class.getPackageName()).forEach(bean -> {
            Class<?> part = ClassUtils.resolveClassName(
                    String.valueOf(bean.getBeanClassName()), PartsAndRolesTest.class.getClassLoader());
            if (part.getNestHost() == part && !part.getSimpleName().endsWith("Test")) {
                parts.put(
                        part.getSimpleName(),
                        Optional.ofNullable(part.getAnnotation(RunsIn.class))
                                .map(runs -> runs.value().name())
                                .orElse(EVERYWHERE));
            }
        });
        return parts;
    }
}
