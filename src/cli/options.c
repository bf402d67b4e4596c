/* options.c: each option in one row of a table and one case. */
#include "cli/options.h"
#include "base/limit.h"
#include "base/pool.h"
#include "base/text.h"
#include "base/walk.h"
#include "cli/suggest.h"
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Where the rule draws the line: 2014-04-01T00:00:00Z. */
static const struct timestamp cutoff_default = {INT64_C(1396310400), "", true};

/* At most 24 lines of 80 columns: a screen. */
const char options_help[] =
    "usage: certaudit [options] PATH...\n"
    "Applies certificate rules to saved AWS CLI outputs: files, folders, - for stdin.\n"
    "\n"
    "  -o, --output FILE     write a report: .csv, .md or .xlsx (repeatable)\n"
    "      --pack DIR        write an evidence pack: every report, requests, digests\n"
    "      --format FMT      csv or md, for standard output: -o -\n"
    "      --as-of TIME      judge ages and deadlines at this time (default: now)\n"
    "      --cutoff TIME     IAM-033: uploads before it fail (default: 2014-04-01)\n"
    "      --rule ID         apply this rule alone (repeatable)\n"
    "      --framework NAME  show this framework's controls alone (repeatable)\n"
    "      --controls FILE   take the control table from FILE (CSV)\n"
    "      --scope FILE      the accounts and regions that are expected (CSV)\n"
    "      --waivers FILE    failures that were accepted, and until when (CSV)\n"
    "      --baseline PATH   an earlier findings.csv or pack: report what changed\n"
    "      --title TEXT      the report's title\n"
    "  -j, --jobs N          work on N processors (default: all of them)\n"
    "  -q, --quiet           no summary and no progress; problems are still printed\n"
    "  -v, --verbose         print every finding in full\n"
    "      --list-rules      list the rules\n"
    "      --explain RULE    what a rule checks, why, and how to repeat it by hand\n"
    "  -V, --version         print the version; -h, --help prints this\n"
    "\n"
    "Exit status: 0 all assessed, none fails; 1 a failure; 2 no report; 3 no failure,\n"
    "but something is missing or undecided. See certaudit(1).\n";

enum long_only {
    FORMAT = 256,
    AS_OF,
    CUTOFF,
    RULE,
    FRAMEWORK,
    CONTROLS,
    SCOPE,
    WAIVERS,
    BASELINE,
    PACK,
    TITLE,
    LIST_RULES,
    EXPLAIN
};

static const struct option table[] = {
    {"output", required_argument, NULL, 'o'},
    {"format", required_argument, NULL, FORMAT},
    {"as-of", required_argument, NULL, AS_OF},
    {"cutoff", required_argument, NULL, CUTOFF},
    {"rule", required_argument, NULL, RULE},
    {"framework", required_argument, NULL, FRAMEWORK},
    {"controls", required_argument, NULL, CONTROLS},
    {"scope", required_argument, NULL, SCOPE},
    {"waivers", required_argument, NULL, WAIVERS},
    {"baseline", required_argument, NULL, BASELINE},
    {"pack", required_argument, NULL, PACK},
    {"title", required_argument, NULL, TITLE},
    {"jobs", required_argument, NULL, 'j'},
    {"quiet", no_argument, NULL, 'q'},
    {"verbose", no_argument, NULL, 'v'},
    {"list-rules", no_argument, NULL, LIST_RULES},
    {"explain", required_argument, NULL, EXPLAIN},
    {"version", no_argument, NULL, 'V'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

struct parsing {
    struct options *options;
    const struct options_type *types;
    size_t type_count;
    struct pool *pool;
    struct text *error;
    const char *format, *as_of;
};

static bool refuse(struct parsing *parsing, const char *before, const char *value,
                   const char *after)
{
    text_add(parsing->error, before);
    text_add_visible(parsing->error, value);
    text_add(parsing->error, after);
    return false;
}

/* Whether it is a whole number of as many digits as a calendar date without its dashes has: as an
 * epoch number it would be a time that nobody meant. */
static bool looks_like_date(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return text[digits] == '\0' && (digits == 8 || digits == 12 || digits == 14);
}

/* A date, or a time as an export may write it: with its zone, or an epoch number. */
static bool read_time(struct pool *pool, const char *text, struct timestamp *when)
{
    char *end;
    if (timestamp_parse_date(text, when))
        return true;
    if (timestamp_parse(text, pool, when))
        return when->zone;
    if (*text == '\0' || text[strspn(text, "0123456789+-.eE")] != '\0' || looks_like_date(text))
        return false;
    double seconds = strtod(text, &end);
    return *end == '\0' && timestamp_from_epoch(seconds, pool, when);
}

static bool set_time(struct parsing *parsing, const char *option, const char *text,
                     struct timestamp *when)
{
    if (read_time(parsing->pool, text, when))
        return true;
    text_add(parsing->error, option);
    return refuse(parsing, ": ", text,
                  " is no time that can be read: write 2026-11-20T00:00:00Z, with its zone, or a "
                  "date, 2026-11-20");
}

static bool refuse_rule(struct parsing *parsing, const char *id)
{
    struct suggestion meant = suggest_begin(id);
    refuse(parsing, "unknown rule ", id, "; there are");
    for (size_t i = 0; rules[i] != NULL; i++) {
        text_addf(parsing->error, "%s %s", i > 0 ? "," : "", rules[i]->id);
        suggest_offer(&meant, rules[i]->id);
    }
    suggest_end(&meant, "", parsing->error);
    return false;
}

static bool add_rule(struct parsing *parsing, const char *id)
{
    struct options *options = parsing->options;
    const struct rule *rule = rules_find(id);
    if (rule == NULL)
        return refuse_rule(parsing, id);
    options->named = true;
    if (rules_number(options->rules, options->rule_count, rule) == options->rule_count)
        options->rules[options->rule_count++] = rule;
    return true;
}

/* At least one processor is there; more than LIMIT_JOBS are not made use of. */
static size_t processors(void)
{
#ifdef CERTAUDIT_JOBS /* for the test of threads, which wants more of them than a machine has */
    long count = CERTAUDIT_JOBS;
#else
    long count = sysconf(_SC_NPROCESSORS_ONLN);
#endif
    return count < 1 ? 1 : count > LIMIT_JOBS ? LIMIT_JOBS : (size_t)count;
}

static bool set_jobs(struct parsing *parsing, const char *text)
{
    size_t digits = strspn(text, "0123456789"), jobs = 0;
    for (size_t i = 0; i < digits && jobs <= LIMIT_JOBS; i++)
        jobs = jobs * 10 + (size_t)(text[i] - '0');
    if (text[digits] != '\0' || jobs == 0)
        return refuse(parsing, "--jobs: ", text, " is no number of processors: write 1 or more");
    parsing->options->jobs = jobs < LIMIT_JOBS ? jobs : LIMIT_JOBS;
    return true;
}

static bool explain(struct parsing *parsing, const char *id)
{
    parsing->options->action = OPTIONS_EXPLAIN;
    parsing->options->explained = rules_find(id);
    return parsing->options->explained != NULL || refuse_rule(parsing, id);
}

static bool take_value(struct parsing *parsing, int option, char *value)
{
    struct options *options = parsing->options;
    switch (option) {
    case 'o':
        options->outputs[options->output_count++] = (struct options_output){value, NULL};
        return true;
    case FORMAT:
        parsing->format = value;
        return true;
    case AS_OF:
        parsing->as_of = value;
        return set_time(parsing, "--as-of", value, &options->policy.as_of);
    case CUTOFF:
        return set_time(parsing, "--cutoff", value, &options->policy.cutoff);
    case RULE:
        return add_rule(parsing, value);
    case FRAMEWORK:
        options->frameworks[options->framework_count++] = value;
        return true;
    case CONTROLS:
        options->controls = value;
        return true;
    case SCOPE:
        options->scope = value;
        return true;
    case WAIVERS:
        options->waivers = value;
        return true;
    case BASELINE:
        options->baseline = value;
        return true;
    case PACK:
        options->pack = walk_trimmed(parsing->pool, value);
        return true;
    case TITLE:
        options->title = value;
        return true;
    case 'j':
        return set_jobs(parsing, value);
    default:
        return explain(parsing, value);
    }
}

static bool take_option(struct parsing *parsing, int option, char *value)
{
    struct options *options = parsing->options;
    switch (option) {
    case 'q':
        options->quiet = true;
        return true;
    case 'v':
        options->verbose = true;
        return true;
    case 'V':
        options->action = OPTIONS_VERSION;
        return true;
    case 'h':
        options->action = OPTIONS_HELP;
        return true;
    case LIST_RULES:
        options->action = OPTIONS_LIST_RULES;
        return true;
    default:
        return take_value(parsing, option, value);
    }
}

static bool set_default_time(struct parsing *parsing)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    struct timestamp *as_of = &parsing->options->policy.as_of;
    if (parsing->as_of != NULL)
        return true;
    if (epoch == NULL)
        return timestamp_from_epoch((double)time(NULL), parsing->pool, as_of);
    char *end;
    errno = 0;
    long long seconds = strtoll(epoch, &end, 10);
    if (*epoch >= '0' && *epoch <= '9' && *end == '\0' && errno == 0 &&
        timestamp_from_epoch((double)seconds, parsing->pool, as_of))
        return true;
    return refuse(parsing, "SOURCE_DATE_EPOCH: ", epoch,
                  " is no time that can be read: it holds whole seconds since 1970");
}

static bool refuse_format(struct parsing *parsing)
{
    struct suggestion meant = suggest_begin(parsing->format);
    refuse(parsing, "--format: ", parsing->format, " is neither csv nor md");
    for (size_t i = 0; i < parsing->type_count; i++)
        if (parsing->types[i].to_stdout)
            suggest_offer(&meant, parsing->types[i].format);
    suggest_end(&meant, "", parsing->error);
    return false;
}

static bool refuse_ending(struct parsing *parsing, const char *target)
{
    refuse(parsing, "", target, ": unknown report type; use ");
    for (size_t i = 0; i < parsing->type_count; i++)
        text_addf(parsing->error, "%s%s",
                  i == 0                        ? ""
                  : i + 1 < parsing->type_count ? ", "
                                                : " or ",
                  parsing->types[i].ending);
    return false;
}

static const struct options_type *type_of_format(const struct parsing *parsing, const char *format)
{
    for (size_t i = 0; i < parsing->type_count; i++)
        if (parsing->types[i].to_stdout && text_same_folded(format, parsing->types[i].format))
            return &parsing->types[i];
    return NULL;
}

static const struct options_type *type_of_path(const struct parsing *parsing, const char *path)
{
    size_t length = strlen(path);
    for (size_t i = 0; i < parsing->type_count; i++) {
        const char *ending = parsing->types[i].ending;
        size_t size = strlen(ending);
        if (length >= size && text_same_folded(path + length - size, ending))
            return &parsing->types[i];
    }
    return NULL;
}

static bool choose_writer(struct parsing *parsing, struct options_output *output)
{
    bool to_stdout = strcmp(output->target, "-") == 0;
    if (to_stdout && parsing->format == NULL)
        return refuse(parsing, "-o -", "", " needs --format csv or --format md");
    const struct options_type *type = to_stdout ? type_of_format(parsing, parsing->format)
                                                : type_of_path(parsing, output->target);
    if (type == NULL)
        return to_stdout ? refuse_format(parsing) : refuse_ending(parsing, output->target);
    output->writer = type->writer;
    return true;
}

static bool check_outputs(struct parsing *parsing)
{
    struct options *options = parsing->options;
    bool to_stdout = false;
    for (size_t i = 0; i < options->output_count; i++) {
        to_stdout |= strcmp(options->outputs[i].target, "-") == 0;
        if (!choose_writer(parsing, &options->outputs[i]))
            return false;
        for (size_t j = 0; j < i; j++)
            if (strcmp(options->outputs[i].target, options->outputs[j].target) == 0)
                return refuse(parsing, "two reports would go to ", options->outputs[i].target, "");
    }
    if (to_stdout && options->pack != NULL)
        return refuse(parsing, "-o -", "", ": standard output is for the pack's digest");
    if (parsing->format != NULL && !to_stdout)
        return refuse(parsing, "--format", "", " is for standard output: it needs -o -");
    return true;
}

static bool check_paths(struct parsing *parsing)
{
    const struct options *options = parsing->options;
    size_t standard_input = 0;
    for (size_t i = 0; i < options->path_count; i++)
        standard_input += strcmp(options->paths[i], "-") == 0;
    if (standard_input > 1)
        return refuse(parsing, "-", "", " (standard input) may be named once");
    if (options->path_count == 0)
        return refuse(parsing, "no PATH", "",
                      ": name a folder of exports, a file, or - for standard input");
    return true;
}

/* The long option that was meant by an unknown one, given with its dashes, or with one of two. */
static void add_meant(const char *given, struct text *error)
{
    struct text name = TEXT_EMPTY;
    given += strspn(given, "-");
    text_add_bytes(&name, given, strcspn(given, "="));
    struct suggestion meant = suggest_begin(text_string(&name));
    for (const struct option *option = table; option->name != NULL; option++)
        suggest_offer(&meant, option->name);
    suggest_end(&meant, "--", error);
    text_free(&name);
}

/* Of a word of several short ones, the next to be read is the word itself until its last. */
static bool refuse_option(struct parsing *parsing, int kind, char **argv)
{
    const char *given = argv[optind - 1], *word = argv[optind];
    bool is_long = strncmp(given, "--", 2) == 0;
    const char *letter = !is_long && word != NULL && word[0] == '-' ? strchr(word, optopt) : NULL;
    bool in_word = letter != NULL && letter[1] != '\0';
    struct text shown = TEXT_EMPTY;
    if (is_long)
        text_add(&shown, given);
    else
        text_addf(&shown, "-%c", optopt);
    if (kind == ':')
        refuse(parsing, "this option needs a value: ", text_string(&shown), "");
    else if (is_long && optopt != 0) /* a known one: getopt_long then says which */
        refuse(parsing, "this option takes no value: ", text_string(&shown), "");
    else {
        refuse(parsing, "unknown option: ", text_string(&shown), " (certaudit --help lists them)");
        if (is_long || in_word)
            add_meant(is_long ? given : word, parsing->error);
    }
    text_free(&shown);
    return false;
}

bool options_parse(struct options *options, int argc, char **argv, const struct options_type *types,
                   size_t type_count, struct pool *pool, struct text *error)
{
    struct parsing parsing = {options, types, type_count, pool, error, NULL, NULL};
    size_t most = (size_t)argc + 1;
    int option;
    *options = (struct options){.title = "Certificate compliance report", .jobs = processors()};
    options->policy.cutoff = cutoff_default;
    options->outputs = pool_alloc(pool, most * sizeof(struct options_output));
    options->frameworks = pool_alloc(pool, most * sizeof(const char *));
    options->paths = pool_alloc(pool, most * sizeof(const char *));
    size_t rule_count = 0;
    while (rules[rule_count] != NULL)
        rule_count++;
    options->rules = pool_alloc(pool, rule_count * sizeof(const struct rule *));
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":o:j:qvVh", table, NULL)) != -1) {
        if (option == '?' || option == ':')
            return refuse_option(&parsing, option, argv);
        if (!take_option(&parsing, option, optarg))
            return false;
    }
    if (options->action != OPTIONS_REPORT)
        return true;
    for (; optind < argc; optind++)
        options->paths[options->path_count++] = argv[optind];
    for (size_t i = 0; !options->named && i < rule_count; i++)
        options->rules[options->rule_count++] = rules[i];
    rules_sort(options->rules, options->rule_count);
    return set_default_time(&parsing) && check_outputs(&parsing) && check_paths(&parsing);
}
