/*
 * Administration of layered providers
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#ifndef __WINELSP_WINELSP_H
#define __WINELSP_WINELSP_H

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "windef.h"
#include "winbase.h"
#include "winsock2.h"
#include "ws2spi.h"
#include "sporder.h"

/* --- main.c --- */

/* The exit status of the program. */
#define STATUS_OK     0
#define STATUS_FAILED 1     /* it could not be done, or 'check' found something */
#define STATUS_USAGE  2     /* wrong command line, or 'check' could not look */

struct command
{
    const WCHAR *name;
    const WCHAR *summary;   /* for the list of commands */
    const WCHAR *help;      /* begins with the usage, which ends at an empty line */
    int (*run)( int argc, WCHAR **argv );   /* with what is behind the name; returns an exit status */
};

extern const struct command catalog_command, install_command, remove_command, order_command, check_command,
                            repair_command, reset_command, restore_command, export_command, import_command,
                            category_command, namespaces_command;

/* Says what is wrong with the command line, and shows the usage. Returns STATUS_USAGE. */
extern int usage_error( const struct command *command, const WCHAR *format, ... );
extern int unknown_option( const struct command *command, const WCHAR *option );

/* Ends the program with an error message. */
extern void DECLSPEC_NORETURN no_memory(void);

/* Memory that grows as with realloc(). The program ends if there is none. */
extern void *allocate( void *old, size_t size );
extern WCHAR *duplicate( const WCHAR *string );

/* --- output.c --- */

/* Text of any length, as UTF-8 unless it goes to a console, which shows any character. */
extern void print_text( const WCHAR *text );

/* Formatted text, of at most 1000 characters. */
extern void print( const WCHAR *format, ... );

/* The same to standard error. */
extern void print_error( const WCHAR *format, ... );

/* An error message: "winelsp: " before, a newline behind. Returns STATUS_FAILED. */
extern int error( const WCHAR *format, ... );
extern void error_args( const WCHAR *format, va_list args );

/* What an error of Windows means; in a buffer that the next call uses again. */
extern const WCHAR *describe_system_error( DWORD code );

/* Prints a text, which begins in the column indent of a line that has the label so far, and goes on below itself
 * when it does not fit into 80 columns. */
extern void print_wrapped( const WCHAR *label, unsigned int indent, const WCHAR *text );

/* A GUID in the usual form, with braces. */
#define GUID_CHARS 39
extern const WCHAR *guid_string( const GUID *guid, WCHAR buffer[GUID_CHARS] );
extern BOOL parse_guid( const WCHAR *string, GUID *guid );

/* --- catalog.c --- */

struct entry
{
    WSAPROTOCOL_INFOW info;
    WCHAR path[MAX_PATH];
};

/* One of the catalogs, as the functions of Winsock show it: a 64-bit process reaches both, a 32-bit one its own. */
struct public_catalog
{
    const WCHAR *name;      /* "64-bit", "32-bit" */
    unsigned int count;
    struct entry *entries;
};

#ifdef _WIN64
#define CATALOG_COUNT 2
#else
#define CATALOG_COUNT 1
#endif

extern struct public_catalog catalogs[CATALOG_COUNT];

/* Whether Winsock has catalogs, for commands that look into the registry: it writes them there if they are not. FALSE
 * after an error message. */
extern BOOL find_catalogs(void);

/* Reads the catalogs anew. FALSE after an error message. */
extern BOOL read_catalogs(void);

extern const struct entry *find_id( const struct public_catalog *catalog, DWORD id );

/* What an error of the catalog functions means. */
extern const WCHAR *describe_error( int code );

/* A function of Winsock that not all versions have; for catalogs[1] that with "32" behind its name. NULL after an error
 * message. */
extern void *get_function( unsigned int catalog, const char *name );

/* "base", "layer" or "chain". */
extern const WCHAR *info_kind( const WSAPROTOCOL_INFOW *info );
extern const WCHAR *entry_kind( const struct entry *entry );

/* Removes all entries of a provider; they stay in the memory of this program. FALSE after an error message. */
extern BOOL remove_provider( struct public_catalog *catalog, const GUID *provider );

/* Puts a catalog into the order of the ids, of which there are as many as entries. FALSE after an error message. */
extern BOOL write_order( struct public_catalog *catalog, DWORD *ids );

/* --- target.c --- */

/* What the user named: a GUID, or the name of an entry. */
struct target
{
    const WCHAR *text;
    BOOL is_guid;
    GUID guid;
};

extern void parse_target( const WCHAR *text, struct target *target );

/* Finds an entry of a kind that the user named, behind an earlier one (NULL: from the start) and of another
 * provider than that. */
extern const struct entry *find_named( const struct target *target, const WCHAR *kind, const struct entry *other,
                                       const struct public_catalog **ret_catalog );

/* Finds the layer's own entry, NULL if there is none. FALSE after an error message: there are several. */
extern BOOL find_layer( const struct target *target, const struct entry **ret );

/* --- show.c --- */

/* Prints the line with the id and the name of an entry, and those with all that is known of it. */
extern void show_name( const struct entry *entry );
extern void show_entry( const struct public_catalog *catalog, const struct entry *entry );

/* --- show_json.c --- */

/* Prints the catalogs as JSON. */
extern void show_catalogs_json(void);

#endif /* __WINELSP_WINELSP_H */
