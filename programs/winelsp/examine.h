/*
 * Administration of layered providers: what is wrong with the catalogs
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

#ifndef __WINELSP_EXAMINE_H
#define __WINELSP_EXAMINE_H

#include "state.h"

struct problem
{
    WCHAR *what;
    const WCHAR *to_do;     /* what the user does about it */
    const WCHAR *done;      /* what was done about it in the tree; NULL: nothing can be */
};

struct report
{
    unsigned int count;
    unsigned int mended;    /* how many of them */
    struct problem *problems;
};

/* --- examine.c --- */

/* Finds what is wrong with the catalogs in the state, and mends it there as far as that is possible: what
 * is found later may follow from a removal. */
extern void examine( struct state *state, struct report *report );
extern void free_report( struct report *report );

/* Adds a problem: what it is, formatted, and what is done about it. */
enum remedy
{
    REMEDY_REMOVE,      /* the entry is removed */
    REMEDY_REMOVE_ALL,  /* the entries of the DLL are */
    REMEDY_SET,         /* a number is corrected */
    REMEDY_RENUMBER,    /* the keys are */
    REMEDY_ADD,         /* the base entry is added */
    REMEDY_DROP,        /* the value is removed */
    REMEDY_FINISH,      /* the change is finished */
    REMEDY_ENABLE,      /* by the user, with the script */
};
extern void add_problem( struct report *report, enum remedy remedy, const WCHAR *format, ... );

/* --- examine_keys.c --- */

/* One of the catalogs in a tree. Keys that are appended meanwhile are behind the first count. */
struct examined_keys
{
    enum catalog_store store;
    WCHAR name[32];             /* for messages */
    struct reg_key *entries;    /* the keys below Catalog_Entries */
    unsigned int count;         /* how many there were in the beginning */
    BOOL *removed;              /* for each of them */
    struct report *report;
};

/* Begins with all keys removed; the kind of the catalog is for messages. FALSE if there are neither keys nor their
 * number: then the base entries are the catalog, and there is nothing to end. */
extern BOOL examine_keys_begin( struct examined_keys *keys, const struct reg_key *catalog, enum catalog_store store,
                                const WCHAR *kind, struct report *report );

/* Keeps a key, or reports why it is no entry: it goes, since ws2_32 does not use it either. */
extern void examine_key( struct examined_keys *keys, unsigned int i, const char *reason );

/* Examines the number of entries beside the keys, and the names of the keys, which are the order of the catalog. Before
 * something else is removed than what is no entry. */
extern void examine_keys( const struct examined_keys *keys, const struct reg_key *catalog );

/* Takes out the keys that are removed, gives the others the names of their places, and corrects their number. */
extern void examine_keys_end( struct examined_keys *keys, struct reg_key *catalog );

/* --- examine_store.c --- */

/* The same for one of the catalogs, below Protocol_Catalog9. */
extern void examine_store( struct reg_key *catalog, enum catalog_store store, struct report *report );

/* --- examine_namespaces.c --- */

/* The same for what is below NameSpace_Catalog5. */
extern void examine_namespaces( struct reg_key *catalog, struct report *report );

/* --- dll_problem.c --- */

/* Why the file cannot be the DLL of a provider in a catalog: a part of a sentence, or NULL if it can. A provider has to
 * have the export. The path is one of an entry, with environment strings. The file is read, and nothing of it runs. A
 * 32-bit process sees no DLLs of 64-bit programs, and a prefix without 32-bit programs has no system folder of theirs:
 * then there is no reason. The next call may use the sentence's memory again. */
extern const WCHAR *dll_problem( const WCHAR *path, enum catalog_store store, const char *export );
#define PROVIDER_EXPORT  "WSPStartup"
#define NAMESPACE_EXPORT "NSPStartup"

/* In a 64-bit process: whether a path in system32 stands for a file for 32-bit programs, too, which can be the DLL of a
 * provider. */
extern BOOL has_dll_for_32( const WCHAR *path );

#endif /* __WINELSP_EXAMINE_H */
