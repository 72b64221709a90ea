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

/* --- examine_store.c --- */

/* The same for one of the catalogs, below Protocol_Catalog9. */
extern void examine_store( struct reg_key *catalog, enum catalog_store store, struct report *report );

/* --- examine_namespaces.c --- */

/* The same for what is below NameSpace_Catalog5. */
extern void examine_namespaces( struct reg_key *catalog, struct report *report );

/* --- dll_problem.c --- */

/* Why the file cannot be the DLL of a provider in a catalog: a part of a sentence, or NULL if it can. A provider has to
 * have the export. The path is one of an entry, with environment strings. The file is read, and nothing of it runs. A 32-bit process sees no DLLs of
 * 64-bit programs, and a prefix without 32-bit programs has no system folder of theirs: then there is no reason. */
extern const WCHAR *dll_problem( const WCHAR *path, enum catalog_store store, const char *export );
#define PROVIDER_EXPORT  "WSPStartup"
#define NAMESPACE_EXPORT "NSPStartup"

/* In a 64-bit process: whether a path in system32 stands for a file for 32-bit programs, too, which can be the DLL of a
 * provider. */
extern BOOL has_dll_for_32( const WCHAR *path );

#endif /* __WINELSP_EXAMINE_H */
