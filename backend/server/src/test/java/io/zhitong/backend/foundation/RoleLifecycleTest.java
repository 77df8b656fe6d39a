package io.zhitong.backend.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

final class RoleLifecycleTest {
    private final List<String> life = new ArrayList<>();

    private class Part implements SmartLifecycle {
        private boolean running;

        @Override
        public void start() {
            running = true;
            life.add("+" + getClass().getSimpleName());
        }

        @Override
        public void stop() {
            running = false;
            life.add("-" + getClass().getSimpleName());
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    private final class Everywhere extends Part {}

    @RunsIn(BackendRole.GATEWAY)
    private final class OfGateway extends Part {}

    @RunsIn(BackendRole.WORKER)
    private final class OfWorker extends Part {}

    @Test
    void a_gateway_runs_no_worker_s_part_and_stops_only_what_it_started() {
        assertThat(lived("gateway"))
                .containsExactlyInAnyOrder("+Everywhere", "+OfGateway", "-Everywhere", "-OfGateway");
    }

    @Test
    void a_console_alone_runs_what_every_process_runs() {
        assertThat(lived("console")).containsExactlyInAnyOrder("+Everywhere", "-Everywhere");
    }

    @Test
    void two_roles_run_the_parts_of_both() {
        assertThat(lived("worker,gateway"))
                .contains("+Everywhere", "+OfGateway", "+OfWorker")
                .hasSize(6);
    }

    @Test
    void unless_told_otherwise_a_process_does_everything() {
        assertThat(TestSettings.of().roles()).containsExactlyInAnyOrder(BackendRole.values());
        assertThat(TestSettings.of("roles", "console").runs(BackendRole.WORKER)).isFalse();
    }

    @Test
    void no_role_and_an_unknown_one_are_refused() {
        for (String wrong : new String[] {"", "door", "console,door"}) {
            assertThatThrownBy(() -> TestSettings.of("roles", wrong)).isInstanceOf(BindException.class);
        }
    }

    private List<String> lived(String roles) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            ZhitongSettings settings = TestSettings.of("roles", roles);
            context.registerBean(Everywhere.class, Everywhere::new);
            context.registerBean(OfGateway.class, OfGateway::new);
            context.registerBean(OfWorker.class, OfWorker::new);
            context.registerBean(
                    "lifecycleProcessor",
                    org.springframework.context.support.DefaultLifecycleProcessor.class,
                    () -> RoleLifecycle.lifecycleProcessor(settings, new LifecycleProperties()));
            context.refresh();
        }
        return life;
    }
}
