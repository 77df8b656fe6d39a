package io.zhitong.backend;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.modulith.Modulithic;

/** The backend program (后台): console, gateway and worker in one process. */
@Modulithic(systemName = "Zhitong 智通")
@SpringBootApplication
public class Zhitong {
    /** Runs until SIGTERM. Exit codes: 0 stopped, 1 could not start, 2 wrong arguments. */
    public static void main(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        if (parsed.answer().isPresent()) {
            parsed.answer().get().print();
            System.exit(parsed.answer().get().exitCode());
        }
        application().run(parsed.springArguments());
    }

    /** The configured application, not yet running. */
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(Zhitong.class);
        application.addListeners(
                (org.springframework.context.ApplicationListener<ApplicationReadyEvent>) event -> announce());
        return application;
    }

    private static void announce() {
        System.out.println("ready");
    }
}
