/* options.c: see options.h. Each option is a row of the table and a case of a switch. */
#include "cli/options.h"
#include "base/limit.h"
#include "base/pool.h"
#include "base/text.h"
#include "base/walk.h"
#include "cli/suggest.h"
#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MEMBER(name) offsetof(struct options, name)

/* Keys of options without a letter: above every character. */
enum key {
    TEXT = 256, /* only stores its value in a member of struct options */
    PACK,
    AS_OF,
    CUTOFF,
    RULE,
    FRAMEWORK,
    LIST_RULES,
    EXPLAIN
};

/* What getopt_long and --help know of each option. */
static const struct row {
    int key;           /* its letter, or an enum key */
    const char *name;  /* without the dashes */
    const char *value; /* what --help calls its value; NULL if it takes none */
    const char *help;  /* at most 56 columns */
    size_t member;     /* for TEXT: the offset of the member */
} rows[] = {
    {'o', "output", "FILE", "write a report: .csv, .md or .xlsx; repeatable", 0},
    {PACK, "pack", "DIR", "write an evidence pack: all reports and checksums", 0},
    {TEXT, "format", "FMT", "format for \"-o -\": csv or md", MEMBER(format)},
    {AS_OF, "as-of", "TIME", "date or time for ages and deadlines (default: now)", 0},
    {CUTOFF, "cutoff", "TIME", "cut-off of IAM-033 (default: 2014-04-01)", 0},
    {RULE, "rule", "ID", "apply only this rule; repeatable", 0},
    {FRAMEWORK, "framework", "NAME", "show only this framework's controls; repeatable", 0},
    {TEXT, "controls", "FILE", "replace the built-in control table (CSV)", MEMBER(controls)},
    {TEXT, "scope", "FILE", "expected accounts and regions (CSV)", MEMBER(scope)},
    {TEXT, "waivers", "FILE", "accepted failures with expiry dates (CSV)", MEMBER(waivers)},
    {TEXT, "baseline", "PATH", "compare with an earlier findings.csv or pack", MEMBER(baseline)},
    {TEXT, "title", "TEXT", "title of the reports", MEMBER(title)},
    {'j', "jobs", "N", "use N processors (default: all)", 0},
    {'q', "quiet", NULL, "print only problems", 0},
    {'v', "verbose", NULL, "print findings in full", 0},
    {LIST_RULES, "list-rules", NULL, "list the rules", 0},
    {EXPLAIN, "explain", "RULE", "explain a rule and how to check it by hand", 0},
    {'V', "version", NULL, "print the version", 0},
    {'h', "help", NULL, "print this help", 0},
};

enum { ROWS = sizeof rows / sizeof rows[0], LETTERS_ROOM = 2 * ROWS + 2, HELP_COLUMN = 24 };

static bool has_letter(const struct row *row)
{
    return row->key < TEXT;
}

/* At most 24 lines of 80 columns: a screen. */
void options_add_help(struct text *text)
{
    text_add(text, "usage: certaudit [OPTION]... PATH...\n"
                   "Checks saved AWS CLI outputs: files, folders, - for stdin. See certaudit(1).\n"
                   "\n");
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        size_t start = text->length;
        if (has_letter(row))
            text_addf(text, "  -%c, --%s", row->key, row->name);
        else
            text_addf(text, "      --%s", row->name);
        if (row->value != NULL)
            text_addf(text, " %s", row->value);
        text_addf(text, "%*s%s\n", (int)(HELP_COLUMN - (text->length - start)), "", row->help);
    }
    text_add(text, "\n"
                   "Exit status: 0 passed; 1 failed; 2 usage or I/O error; "
                   "3 incomplete evidence\n");
}

/* What getopt_long wants: the letters, a colon after each that takes a value, and the names. */
static void fill_getopt(char letters[LETTERS_ROOM], struct option names[ROWS + 1])
{
    *letters++ = ':'; /* reports a missing value as such */
    for (size_t i = 0; i < ROWS; i++) {
        bool takes_value = rows[i].value != NULL;
        names[i] = (struct option){rows[i].name, takes_value ? required_argument : no_argument,
                                   NULL, rows[i].key};
        if (!has_letter(&rows[i]))
            continue;
        *letters++ = (char)rows[i].key;
        if (takes_value)
            *letters++ = ':';
    }
    *letters = '\0';
    names[ROWS] = (struct option){NULL, 0, NULL, 0};
}

struct parsing {
    struct options *options;
    const struct options_type *types;
    size_t type_count;
    struct pool *pool;
    struct text *error;
};

/* Sets the error. An empty value is shown as "". */
static bool refuse(struct parsing *parsing, const char *before, const char *value,
                   const char *after)
{
    text_add(parsing->error, before);
    text_add_visible(parsing->error, *value != '\0' ? value : "\"\"");
    text_add(parsing->error, after);
    return false;
}

/* Adds one of count names: `.csv, .md or .xlsx`. */
static void add_choice(struct text *text, size_t number, size_t count, const char *name)
{
    text_add(text, number == 0 ? "" : number + 1 < count ? ", " : " or ");
    text_add(text, name);
}

/* Whether text is a date or date and time without separators. Read as seconds since 1970 it would
 * be an unintended time. */
static bool looks_like_date(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return text[digits] == '\0' && (digits == 8 || digits == 12 || digits == 14);
}

/* A date, a time in one of the forms of exports, or a number of seconds since 1970. */
static bool read_time(struct pool *pool, const char *text, struct timestamp *when)
{
    char *end;
    if (timestamp_parse_date(text, when) || timestamp_parse(text, pool, when))
        return true;
    if (*text == '\0' || text[strspn(text, "0123456789+-.eE")] != '\0' || looks_like_date(text))
        return false;
    double seconds = strtod(text, &end);
    return *end == '\0' && timestamp_from_epoch(seconds, pool, when);
}

static bool set_time(struct parsing *parsing, const char *text, struct timestamp *when)
{
    if (!read_time(parsing->pool, text, when))
        return refuse(parsing, "", text,
                      ": not a date or time; use YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ");
    return when->zone || refuse(parsing, "", text, ": no time zone; add Z for UTC, or +hh:mm");
}

static size_t count_rules(void)
{
    size_t count = 0;
    while (rules[count] != NULL)
        count++;
    return count;
}

static bool refuse_rule(struct parsing *parsing, const char *id)
{
    struct suggestion meant = suggest_begin(id);
    refuse(parsing, "", id, ": unknown rule; use ");
    for (size_t i = 0; rules[i] != NULL; i++) {
        add_choice(parsing->error, i, count_rules(), rules[i]->id);
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

/* How many processors to use: 1 to LIMIT_JOBS. */
static size_t processors(void)
{
#ifdef CERTAUDIT_JOBS /* the build for ThreadSanitizer wants more threads than processors */
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
        return refuse(parsing, "--jobs: expected a number of at least 1, not ", text, "");
    parsing->options->jobs = jobs < LIMIT_JOBS ? jobs : LIMIT_JOBS;
    return true;
}

static bool explain(struct parsing *parsing, const char *id)
{
    parsing->options->action = OPTIONS_EXPLAIN;
    parsing->options->explained = rules_find(id);
    return parsing->options->explained != NULL || refuse_rule(parsing, id);
}

static bool take_option(struct parsing *parsing, int key, const struct row *row, char *value)
{
    struct options *options = parsing->options;
    switch (key) {
    case TEXT:
        *(const char **)((char *)options + row->member) = value;
        break;
    case 'o':
        options->outputs[options->output_count++] = (struct options_output){value, NULL};
        break;
    case PACK:
        options->pack = walk_trimmed(parsing->pool, value);
        break;
    case AS_OF:
        return set_time(parsing, value, &options->policy.as_of);
    case CUTOFF:
        return set_time(parsing, value, &options->policy.cutoff);
    case RULE:
        return add_rule(parsing, value);
    case FRAMEWORK:
        options->frameworks[options->framework_count++] = value;
        break;
    case 'j':
        return set_jobs(parsing, value);
    case 'q':
        options->quiet = true;
        break;
    case 'v':
        options->verbose = true;
        break;
    case LIST_RULES:
        options->action = OPTIONS_LIST_RULES;
        break;
    case EXPLAIN:
        return explain(parsing, value);
    case 'V':
        options->action = OPTIONS_VERSION;
        break;
    case 'h':
        options->action = OPTIONS_HELP;
        break;
    default:
        assert(false); /* a row without a case */
    }
    return true;
}

static bool set_default_time(struct parsing *parsing)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    struct timestamp *as_of = &parsing->options->policy.as_of;
    if (as_of->zone) /* set by --as-of */
        return true;
    if (epoch == NULL)
        return timestamp_from_epoch((double)time(NULL), parsing->pool, as_of);
    char *end;
    errno = 0;
    long long seconds = strtoll(epoch, &end, 10);
    if (*epoch >= '0' && *epoch <= '9' && *end == '\0' && errno == 0 &&
        timestamp_from_epoch((double)seconds, parsing->pool, as_of))
        return true;
    return refuse(parsing, "SOURCE_DATE_EPOCH: not a number of seconds since 1970: ", epoch, "");
}

/* What a type is asked for by: its format on standard output, else its ending. NULL if it cannot be
 * written there. */
static const char *name_of(const struct options_type *type, bool to_stdout)
{
    return !to_stdout ? type->ending : type->to_stdout ? type->format : NULL;
}

static bool refuse_type(struct parsing *parsing, const char *given, bool to_stdout)
{
    size_t count = 0, added = 0;
    for (size_t i = 0; i < parsing->type_count; i++)
        count += name_of(&parsing->types[i], to_stdout) != NULL;
    refuse(parsing, "", given,
           to_stdout ? ": unknown format for standard output; use "
                     : ": unknown report type; use ");
    for (size_t i = 0; i < parsing->type_count; i++) {
        const char *name = name_of(&parsing->types[i], to_stdout);
        if (name != NULL)
            add_choice(parsing->error, added++, count, name);
    }
    return false;
}

static const struct options_type *find_type(const struct parsing *parsing, const char *given,
                                            bool to_stdout)
{
    size_t length = strlen(given);
    for (size_t i = 0; i < parsing->type_count; i++) {
        const char *name = name_of(&parsing->types[i], to_stdout);
        if (name == NULL)
            continue;
        size_t skipped = to_stdout || length < strlen(name) ? 0 : length - strlen(name);
        if (text_same_folded(given + skipped, name))
            return &parsing->types[i];
    }
    return NULL;
}

static bool choose_writer(struct parsing *parsing, struct options_output *output)
{
    bool to_stdout = strcmp(output->target, "-") == 0;
    if (to_stdout && parsing->options->format == NULL)
        return refuse(parsing, "", "-o -", " needs --format csv or --format md");
    const char *given = to_stdout ? parsing->options->format : output->target;
    const struct options_type *type = find_type(parsing, given, to_stdout);
    if (type == NULL)
        return refuse_type(parsing, given, to_stdout);
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
    }
    if (to_stdout && options->pack != NULL)
        return refuse(
            parsing, "", "-o -",
            " cannot be combined with --pack, which prints its digest on standard output");
    if (parsing->options->format != NULL && !to_stdout)
        return refuse(parsing, "", "--format", " applies only to standard output; add -o -");
    return true;
}

static bool check_paths(struct parsing *parsing)
{
    const struct options *options = parsing->options;
    size_t standard_input = 0;
    for (size_t i = 0; i < options->path_count; i++)
        standard_input += strcmp(options->paths[i], "-") == 0;
    if (standard_input > 1)
        return refuse(parsing, "standard input (", "-", ") can be given only once");
    if (options->path_count == 0)
        return refuse(parsing, "no ", "PATH",
                      " given; name a folder of exports, a file, or - for standard input");
    return true;
}

/* Suggests the long option that was meant by given, which begins with one dash or two. */
static void add_hint(const char *given, struct text *error)
{
    struct text name = TEXT_EMPTY;
    given += strspn(given, "-");
    text_add_bytes(&name, given, strcspn(given, "="));
    struct suggestion meant = suggest_begin(text_string(&name));
    for (size_t i = 0; i < ROWS; i++)
        suggest_offer(&meant, rows[i].name);
    if (suggest_found(&meant) == NULL)
        text_add(error, "; see certaudit --help");
    suggest_end(&meant, "--", error);
    text_free(&name);
}

/* kind is what getopt_long returned. It refused a letter of argv[optind] if that is a word of
 * several letters and this was not the last, and otherwise argv[optind - 1]. */
static bool refuse_option(struct parsing *parsing, int kind, char **argv)
{
    const char *given = argv[optind - 1], *word = argv[optind];
    bool is_long = strncmp(given, "--", 2) == 0;
    const char *letter = !is_long && word != NULL && word[0] == '-' ? strchr(word, optopt) : NULL;
    bool in_word = letter != NULL && letter[1] != '\0';
    struct text shown = TEXT_EMPTY;
    if (is_long)
        text_add_bytes(&shown, given, strcspn(given, "="));
    else
        text_addf(&shown, "-%c", optopt);
    if (kind == ':')
        refuse(parsing, "option ", text_string(&shown), " needs a value");
    else if (is_long && optopt != 0) /* getopt_long sets it for an option that it knows */
        refuse(parsing, "option ", text_string(&shown), " takes no value");
    else {
        refuse(parsing, "", text_string(&shown), ": unknown option");
        add_hint(is_long ? given : in_word ? word : text_string(&shown), parsing->error);
    }
    text_free(&shown);
    return false;
}

bool options_parse(struct options *options, int argc, char **argv, const struct options_type *types,
                   size_t type_count, struct pool *pool, struct text *error)
{
    struct parsing parsing = {options, types, type_count, pool, error};
    size_t most = (size_t)argc + 1;
    char letters[LETTERS_ROOM];
    struct option names[ROWS + 1];
    int key, row = 0;
    *options = (struct options){.title = "Certificate compliance report", .jobs = processors()};
    options->policy.cutoff = rules_default_cutoff;
    options->outputs = pool_alloc(pool, most * sizeof(struct options_output));
    options->frameworks = pool_alloc(pool, most * sizeof(const char *));
    options->paths = pool_alloc(pool, most * sizeof(const char *));
    options->rules = pool_alloc(pool, count_rules() * sizeof(const struct rule *));
    fill_getopt(letters, names);
    opterr = 0;
    while ((key = getopt_long(argc, argv, letters, names, &row)) != -1) {
        if (key == '?' || key == ':')
            return refuse_option(&parsing, key, argv);
        if (!take_option(&parsing, key, &rows[row], optarg))
            return false;
    }
    if (options->action != OPTIONS_REPORT)
        return true;
    for (; optind < argc; optind++)
        options->paths[options->path_count++] = argv[optind];
    for (size_t i = 0; !options->named && rules[i] != NULL; i++)
        options->rules[options->rule_count++] = rules[i];
    rules_sort(options->rules, options->rule_count);
    return set_default_time(&parsing) && check_outputs(&parsing) && check_paths(&parsing);
}
