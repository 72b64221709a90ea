/*
 * Categories of layered providers and of applications
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

#ifndef __WINELSP_CATEGORY_H
#define __WINELSP_CATEGORY_H

#include "catalog_registry.h"

/* A layer has a category, bits LSP_* for what it does; an application may have one, bits for what it permits.
 * They decide which layers a process loads (§11). */

/* --- category.c: of layers --- */

/* The load rule (§11): whether an application that permits some bits loads a layer with others. A layer without
 * any is not loaded; and with LSP_SYSTEM among what is permitted, only layers that have it are. An application
 * without a category loads all layers: it does not ask. */
extern BOOL category_permits( DWORD permitted, DWORD category );

/* The category of a layer; 0 if none was set, or there is no such layer. Returns 0 or WSANO_RECOVERY.
 *
 * It is a value of a key of ours beside the entries, named after the provider, and not a value beside
 * PackedCatalogItem: entries move from key to key at each change, also by installers that know PackedCatalogItem
 * only, and it would stay behind with the wrong provider. Setting one value is atomic, and needs no journal.
 * What is read after a catalog_read() may be younger than that: a layer that was removed meanwhile has category 0,
 * and is not loaded, as if it had been removed before. Any thread; no lock. */
extern int category_read( enum catalog_kind kind, const GUID *provider, DWORD *ret );

/* The same for each layer's own entry in a catalog, into an array of catalog->count; the other entries get 0. */
extern int category_read_all( enum catalog_kind kind, const struct catalog *catalog, DWORD *ret );

/* Sets it; to be called within an edit, which need not be committed for that. Returns 0 or WSANO_RECOVERY. */
extern int category_write( enum catalog_kind kind, const GUID *provider, DWORD category );

/* For the writer of a store, below whose key it is: deletes the categories of providers that are not among the
 * entries. It can be done any number of times, and so goes with the journal. */
extern LSTATUS category_delete_unused( HKEY key, enum catalog_store store, const struct packed_entry *entries,
                                       unsigned int count );

/* --- process_category.c: of this process --- */

/* Keeps a copy of the native catalog from what this process must not load: forbidden[i], of an array of
 * catalog->count zeros, becomes TRUE for a chain whose topmost layer is not permitted; and other chains lose the
 * elements that stand for such layers, so that the layer above goes to the one below (§2.1, §17.8). A layer that
 * finds its way down otherwise than by the chain that it is given cannot be kept from loading another.
 *
 * What the process permits is read at the first call, and kept for its life (§11). Returns 0, WSA_NOT_ENOUGH_MEMORY
 * or WSANO_RECOVERY. For the first WSAStartup, which runs on one thread at a time. */
extern int category_filter( struct catalog *catalog, BOOL *forbidden );

/* --- app_category.c: of applications --- */

#define APP_ID_KEY PARAMETERS_KEY L"\\AppId_Catalog"

/* An application is a path of an image and the arguments on the command line, for programs like svchost.exe that
 * are many in one (§11). Where the documentation is silent:
 * - Both are compared without regard to case. In a path environment strings are expanded before, as this process
 *   has them, and nothing else: short names and / stay what they are.
 * - Arguments are what follows the program's name, without the blanks around; quotes in them count.
 * - Of two keys for one application the first counts. A key without AppFullPath or PermittedLspCategories is passed
 *   over: it is what a writer leaves that was killed before its last value.
 * - An application that permits 0 has a category, and loads no layer. */
struct application
{
    WCHAR *path;    /* expanded */
    WCHAR *args;    /* empty without */
};

/* What the application of this process permits: the one with its arguments, or else the one without any. Returns 0,
 * WSASERVICE_NOT_FOUND if neither has a category, WSA_NOT_ENOUGH_MEMORY or WSANO_RECOVERY. Any thread; no lock. */
extern int app_category_of_process( DWORD *permitted );

/* --- system_process.c --- */

/* The value below WinSock2\Parameters, a DWORD, that makes Wine's system processes load layers as any program does,
 * if it is not 0. It is ours: Windows has the categories of its services in AppId_Catalog. */
#define VALUE_SYSTEM_SWITCH L"All_Layers_In_System_Processes"

/* Whether this is a process of Wine's own that runs without the user's asking, and must not be kept from starting
 * by a layer that does not work: one of a list of programs, in the system folder, unless VALUE_SYSTEM_SWITCH is set.
 * It loads layers with LSP_SYSTEM only. Any other program costs this the look at its name. Any thread; no lock. */
extern BOOL is_system_process(void);

#endif /* __WINELSP_CATEGORY_H */
